package dev.lossforge.digits;

import java.awt.image.BufferedImage;

/**
 * The brightness of a picture's pixels, from 0 to 1. Transparent pixels show white paper or, if almost nothing would be
 * visible on white, black paper.
 */
final class Brightness {
    /** Minimum span between paper and ink for clear contrast. */
    private static final float CLEAR = 0.25f;

    private final float[] values;
    private final int width;
    private final int height;

    private Brightness(float[] values, int width, int height) {
        this.values = values;
        this.width = width;
        this.height = height;
    }

    static Brightness of(BufferedImage image) {
        Brightness onWhite = over(1, image);
        if (!image.getColorModel().hasAlpha() || onWhite.span() >= CLEAR) {
            return onWhite;
        }
        Brightness onBlack = over(0, image);
        return onBlack.span() > onWhite.span() ? onBlack : onWhite;
    }

    private static Brightness over(float paper, BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        float[] values = new float[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                values[y * width + x] = brightness(row[x], paper);
            }
        }
        return new Brightness(values, width, height);
    }

    /** The luma of Rec. 601, on paper of this brightness. */
    private static float brightness(int argb, float paper) {
        float alpha = (argb >>> 24) / 255f;
        float luma = 0.299f * (argb >> 16 & 255) + 0.587f * (argb >> 8 & 255) + 0.114f * (argb & 255);
        return alpha * luma / 255 + (1 - alpha) * paper;
    }

    /** The same with ink brighter than paper, from 0 to 1. The paper is what most of the border shows. */
    Brightness withBrightInk() {
        float min = least();
        float max = contrast();
        float span = max - min;
        if (span == 0) {
            return new Brightness(new float[values.length], width, height);
        }
        boolean invert = border() > (min + max) / 2;
        float[] bright = new float[values.length];
        for (int i = 0; i < bright.length; i++) {
            float share = (values[i] - min) / span;
            // Low contrast stays low, so that a blank page is not amplified.
            bright[i] = (invert ? 1 - share : share) * Math.min(1, span / CLEAR);
        }
        return new Brightness(bright, width, height);
    }

    /** The span from the darkest to the brightest pixel. */
    private float span() {
        return contrast() - least();
    }

    private float least() {
        float min = 1;
        for (float value : values) {
            min = Math.min(min, value);
        }
        return min;
    }

    private float border() {
        double sum = 0;
        for (int x = 0; x < width; x++) {
            sum += values[x] + values[(height - 1) * width + x];
        }
        for (int y = 0; y < height; y++) {
            sum += values[y * width] + values[y * width + width - 1];
        }
        return (float) (sum / (2.0 * (width + height)));
    }

    /** The largest brightness. */
    float contrast() {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** The smallest box around all pixels brighter than this share of the brightest: left, top, right, bottom. */
    int[] box(float share) {
        float threshold = share * contrast();
        int[] box = {width, height, 0, 0};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (values[y * width + x] > threshold) {
                    box[0] = Math.min(box[0], x);
                    box[1] = Math.min(box[1], y);
                    box[2] = Math.max(box[2], x + 1);
                    box[3] = Math.max(box[3], y + 1);
                }
            }
        }
        return box;
    }

    /** The mean brightness of a square, each pixel counted by its share in it; outside the picture is paper. */
    float mean(double left, double top, double side) {
        double sum = 0;
        for (int y = (int) top; y < top + side && y < height; y++) {
            double inside = Math.min(y + 1, top + side) - Math.max(y, top);
            for (int x = (int) left; x < left + side && x < width; x++) {
                sum += values[y * width + x] * inside * (Math.min(x + 1, left + side) - Math.max(x, left));
            }
        }
        return (float) (sum / (side * side));
    }
}
