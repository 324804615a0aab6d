package dev.lossforge.samples.s09_gan;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Images of digits in a square grid. */
final class DigitGrid {
    private static final int SCALE = 3;
    private static final int GAP = 2;

    private DigitGrid() {}

    /**
     * A PNG file of images with intensities from 0 to 1; other intensities are clamped.
     *
     * @param images {@code [images, rows, columns, 1]}, as many as fill a square
     */
    static byte[] png(Tensor images) throws IOException {
        int side = (int) Math.round(Math.sqrt(images.samples()));
        int cell = DigitSet.SIZE + GAP;
        BufferedImage grid = new BufferedImage(side * cell - GAP, side * cell - GAP, BufferedImage.TYPE_BYTE_GRAY);
        for (int image = 0; image < images.samples(); image++) {
            for (int pixel = 0; pixel < DigitSet.PIXELS; pixel++) {
                int gray = Math.round(255 * Math.clamp(images.array()[image * DigitSet.PIXELS + pixel], 0f, 1f));
                grid.getRaster()
                        .setSample(
                                image % side * cell + pixel % DigitSet.SIZE,
                                image / side * cell + pixel / DigitSet.SIZE,
                                0,
                                gray);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(enlarged(grid), "png", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage enlarged(BufferedImage grid) {
        BufferedImage large =
                new BufferedImage(SCALE * grid.getWidth(), SCALE * grid.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(grid, 0, 0, large.getWidth(), large.getHeight(), null);
        graphics.dispose();
        return large;
    }
}
