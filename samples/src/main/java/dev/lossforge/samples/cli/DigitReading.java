package dev.lossforge.samples.cli;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.samples.mnist.DigitSet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a model reads the digits of a set: right or wrong, one by one. */
final class DigitReading {
    private static final int COLUMNS = 15;
    private static final int ROWS = 8;

    /** Of the sheet's rows, this many show digits that were read wrong, if there are so many. */
    private static final int WRONG_ROWS = 3;

    private static final int ZOOM = 2;
    private static final int IMAGE = ZOOM * DigitSet.SIZE;
    private static final int CAPTION = 16;
    private static final int MARGIN = 4;

    private final DigitSet digits;
    private final int[] predicted;

    private DigitReading(DigitSet digits, int[] predicted) {
        this.digits = digits;
        this.predicted = predicted;
    }

    /** Lets the model read all digits; {@code dataset} holds the same as {@code digits}. */
    static DigitReading of(Sequential model, DigitSet digits, Dataset dataset) {
        return new DigitReading(digits, model.predict(dataset.inputs()).argMax().array());
    }

    /** One line: for each class the share of its digits that were read right. */
    String accuracies() {
        int[] total = new int[DigitSet.CLASSES];
        int[] right = new int[DigitSet.CLASSES];
        for (int image = 0; image < predicted.length; image++) {
            int label = digits.label(image);
            total[label]++;
            right[label] += isRight(image) ? 1 : 0;
        }
        return IntStream.range(0, DigitSet.CLASSES)
                .filter(label -> total[label] > 0)
                .mapToObj(label -> String.format(Locale.ROOT, "%d: %.3f", label, (double) right[label] / total[label]))
                .collect(Collectors.joining("  ", "read right  ", ""));
    }

    private boolean isRight(int image) {
        return predicted[image] == digits.label(image);
    }

    /**
     * A picture of some digits, first ones that were read wrong, each over what was read and, in brackets, what it is.
     */
    BufferedImage sheet() {
        int[] images = chosen();
        int cellWidth = IMAGE + MARGIN;
        int cellHeight = IMAGE + CAPTION + MARGIN;
        BufferedImage sheet =
                new BufferedImage(COLUMNS * cellWidth + MARGIN, ROWS * cellHeight + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int cell = 0; cell < images.length; cell++) {
            int x = MARGIN + cell % COLUMNS * cellWidth;
            int y = MARGIN + cell / COLUMNS * cellHeight;
            drawCell(graphics, images[cell], x, y);
        }
        graphics.dispose();
        return sheet;
    }

    private int[] chosen() {
        int[] wrong = IntStream.range(0, predicted.length)
                .filter(image -> !isRight(image))
                .limit((long) WRONG_ROWS * COLUMNS)
                .toArray();
        IntStream right =
                IntStream.range(0, predicted.length).filter(this::isRight).limit((long) ROWS * COLUMNS - wrong.length);
        return IntStream.concat(Arrays.stream(wrong), right).toArray();
    }

    private void drawCell(Graphics2D graphics, int image, int x, int y) {
        graphics.drawImage(picture(image), x, y, IMAGE, IMAGE, null);
        boolean right = isRight(image);
        graphics.setColor(right ? Color.DARK_GRAY : Color.RED);
        String caption = right ? "" + predicted[image] : predicted[image] + " (" + digits.label(image) + ")";
        graphics.drawString(caption, x, y + IMAGE + CAPTION - MARGIN);
    }

    private BufferedImage picture(int image) {
        BufferedImage picture = new BufferedImage(DigitSet.SIZE, DigitSet.SIZE, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < DigitSet.SIZE; row++) {
            for (int column = 0; column < DigitSet.SIZE; column++) {
                picture.getRaster().setSample(column, row, 0, digits.pixel(image, row, column));
            }
        }
        return picture;
    }
}
