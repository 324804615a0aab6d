package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.cli.plot.PlaneFunction.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A loss over the plane of its two predictions, or of the two entries of its row: lines of equal loss, and arrows along
 * which the loss grows, longer where it grows faster.
 */
public final class Landscape {
    private static final int SIDE = 420;
    private static final int MARGIN = 60;
    private static final int WIDTH = SIDE + 2 * MARGIN;
    private static final int POINTS = 121;
    private static final int ARROWS = 13;
    private static final int LEVELS = 10;
    private static final double TIP = 0.35;
    private static final Color LOW = new Color(0x2f, 0x7f, 0xe0);
    private static final Color HIGH = new Color(0xd1, 0x5f, 0x1c);
    private static final Color ARROW = new Color(0x2a, 0x93, 0x5b);

    private final LossDescription loss;
    private final PlaneFunction function;
    private final SampledValues.Axis[] axes = new SampledValues.Axis[2];

    private Landscape(LossDescription loss, PlaneFunction function, PlotChoices choices) {
        this.loss = loss;
        this.function = function;
        for (int axis = 0; axis < 2; axis++) {
            SampledValues.Axis usual = SampledValues.axis(function.prediction(axis), 0);
            axes[axis] = choices.range()
                    .map(range -> new SampledValues.Axis(range.from(), range.to()))
                    .orElse(usual);
        }
    }

    /** The picture of a loss; empty if it is no loss of two numbers. */
    public static Optional<Landscape> of(LossDescription loss, LossFactory factory, PlotChoices choices) {
        return PlaneFunction.of(loss, factory, choices).map(function -> new Landscape(loss, function, choices));
    }

    /** The picture. */
    public Picture picture() throws IOException {
        return Picture.of(WIDTH, WIDTH, this::paint);
    }

    private void paint(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.translate(MARGIN, MARGIN);
        Samples samples = samples(POINTS, 0, POINTS - 1);
        double[] levels = levels(samples.values());
        graphics.setStroke(new BasicStroke(1.6f));
        for (int i = 0; i < levels.length; i++) {
            graphics.setColor(mixed((double) i / Math.max(1, levels.length - 1)));
            paintLevel(graphics, levels[i], samples.values());
        }
        paintArrows(graphics);
        paintFrame(graphics);
    }

    /**
     * Samples on a square grid, row by row from the smallest second number; the first at {@code inset} of
     * {@code cells}.
     */
    private Samples samples(int count, double inset, int cells) {
        double[] x = new double[count * count];
        double[] y = new double[count * count];
        for (int i = 0; i < x.length; i++) {
            int row = i / count;
            x[i] = number(0, (i % count + inset) / cells);
            y[i] = number(1, (row + inset) / cells);
        }
        return function.at(x, y);
    }

    private double number(int axis, double share) {
        return axes[axis].from() + share * (axes[axis].to() - axes[axis].from());
    }

    /** Values between which about equally much of the plane lies. */
    private static double[] levels(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double[] levels = new double[sorted.length == 0 ? 0 : LEVELS];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = sorted[(int) ((i + 0.5) / LEVELS * sorted.length)];
        }
        return Arrays.stream(levels).distinct().toArray();
    }

    private static Color mixed(double share) {
        return new Color(
                (int) (LOW.getRed() + share * (HIGH.getRed() - LOW.getRed())),
                (int) (LOW.getGreen() + share * (HIGH.getGreen() - LOW.getGreen())),
                (int) (LOW.getBlue() + share * (HIGH.getBlue() - LOW.getBlue())));
    }

    private static void paintLevel(Graphics2D graphics, double level, double[] values) {
        double cell = (double) SIDE / (POINTS - 1);
        List<Line2D> pieces = Contours.at(level, values, POINTS);
        for (Line2D piece : pieces) {
            graphics.draw(new Line2D.Double(
                    piece.getX1() * cell,
                    SIDE - piece.getY1() * cell,
                    piece.getX2() * cell,
                    SIDE - piece.getY2() * cell));
        }
        if (!pieces.isEmpty()) {
            Line2D middle = pieces.get(pieces.size() / 2);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
            graphics.drawString(
                    text(level), (float) (middle.getX1() * cell + 3), (float) (SIDE - middle.getY1() * cell - 3));
        }
    }

    private void paintArrows(Graphics2D graphics) {
        Samples samples = samples(ARROWS, 0.5, ARROWS);
        double max = 0;
        for (int i = 0; i < samples.values().length; i++) {
            double norm = Math.hypot(samples.alongX()[i], samples.alongY()[i]);
            max = Double.isFinite(norm) ? Math.max(max, norm) : max;
        }
        graphics.setColor(ARROW);
        graphics.setStroke(new BasicStroke(1.2f));
        double step = (double) SIDE / ARROWS;
        for (int i = 0; i < samples.values().length && max > 0; i++) {
            double norm = Math.hypot(samples.alongX()[i], samples.alongY()[i]);
            if (norm > 0 && Double.isFinite(norm)) {
                double length = 0.9 * step * Math.sqrt(norm / max);
                double right = samples.alongX()[i] / norm * length;
                double up = samples.alongY()[i] / norm * length;
                int row = i / ARROWS;
                double x = (i % ARROWS + 0.5) * step;
                double y = SIDE - (row + 0.5) * step;
                paintArrow(graphics, x - right / 2, y + up / 2, right, -up);
            }
        }
    }

    private static void paintArrow(Graphics2D graphics, double x, double y, double right, double down) {
        double endX = x + right;
        double endY = y + down;
        graphics.draw(new Line2D.Double(x, y, endX, endY));
        for (int side = -1; side <= 1; side += 2) {
            double backX = -right * TIP - side * down * TIP / 2;
            double backY = -down * TIP + side * right * TIP / 2;
            graphics.draw(new Line2D.Double(endX, endY, endX + backX, endY + backY));
        }
    }

    private void paintFrame(Graphics2D graphics) {
        graphics.setColor(CurvePicture.TEXT);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawRect(0, 0, SIDE, SIDE);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        String fixed = function.fixed();
        centered(graphics, loss.name() + (fixed.isEmpty() ? "" : " for " + fixed), SIDE / 2, -MARGIN / 2);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        centered(graphics, function.axes().get(0), SIDE / 2, SIDE + 45);
        graphics.drawString(function.axes().get(1), -MARGIN + 5, -10);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (int tick = 0; tick <= 4; tick++) {
            double share = tick / 4.0;
            centered(graphics, text(number(0, share)), (int) (share * SIDE), SIDE + 20);
            String label = text(number(1, share));
            int width = graphics.getFontMetrics().stringWidth(label);
            graphics.drawString(label, -8 - width, (int) (SIDE - share * SIDE) + 4);
        }
    }

    private static void centered(Graphics2D graphics, String text, int x, int y) {
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(text, x - metrics.stringWidth(text) / 2, y);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "")
                .replace("-", "−");
    }
}
