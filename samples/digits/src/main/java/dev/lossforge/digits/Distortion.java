package dev.lossforge.digits;

import java.util.random.RandomGenerator;

/**
 * The difference of one image from the clean digit: the point of the digit that each pixel shows, the thickness and
 * darkness of the ink, and the noise of the paper.
 */
final class Distortion {
    private static final float MAX_ROTATION = 0.3f;
    private static final float MAX_SHEAR = 0.35f;
    private static final float MAX_SHIFT = 3;
    private static final float MIN_SCALE = 0.75f;
    private static final float MAX_SCALE = 1.1f;
    private static final float WARP = 1.2f;
    private static final float THINNEST = -0.35f;
    private static final float THICKEST = 0.9f;
    private static final float PALEST = 0.6f;
    private static final float MAX_NOISE = 0.1f;

    /** Knots of the elastic warp along each side; between them it runs smoothly. */
    private static final int KNOTS = 5;

    private static final float KNOTS_PER_PIXEL = (KNOTS - 1f) / DigitSet.SIZE;

    private static final float CENTRE = (DigitSet.SIZE - 1) / 2f;

    private final RandomGenerator random;
    private final float[] toDigit;
    private final float shiftX;
    private final float shiftY;
    private final float[] warpX = new float[KNOTS * KNOTS];
    private final float[] warpY = new float[KNOTS * KNOTS];
    private final float thickness;
    private final float darkness;
    private final float noise;

    /** Draws a distortion; {@code random} also provides the noise of its pixels later. */
    Distortion(RandomGenerator random) {
        this.random = random;
        this.toDigit = imageToDigit();
        this.shiftX = between(-MAX_SHIFT, MAX_SHIFT);
        this.shiftY = between(-MAX_SHIFT, MAX_SHIFT);
        for (int knot = 0; knot < KNOTS * KNOTS; knot++) {
            warpX[knot] = WARP * gaussian();
            warpY[knot] = WARP * gaussian();
        }
        this.thickness = between(THINNEST, THICKEST);
        this.darkness = between(PALEST, 1);
        this.noise = between(0, MAX_NOISE);
    }

    /** The inverse of scale, shear and rotation, row-major 2×2. */
    private float[] imageToDigit() {
        double angle = between(-MAX_ROTATION, MAX_ROTATION);
        float cos = (float) StrictMath.cos(angle);
        float sin = (float) StrictMath.sin(angle);
        float shear = between(-MAX_SHEAR, MAX_SHEAR);
        float perX = 1 / between(MIN_SCALE, MAX_SCALE);
        float perY = 1 / between(MIN_SCALE, MAX_SCALE);
        return new float[] {
            perX * (cos + shear * sin), perX * (sin - shear * cos), perY * -sin, perY * cos,
        };
    }

    private float between(float min, float max) {
        return min + random.nextFloat() * (max - min);
    }

    private float gaussian() {
        return (float) random.nextGaussian();
    }

    /** Draws {@code digit} into the {@link DigitSet#PIXELS} bytes at {@code offset}. */
    void draw(DistanceField digit, byte[] pixels, int offset) {
        for (int row = 0; row < DigitSet.SIZE; row++) {
            for (int column = 0; column < DigitSet.SIZE; column++) {
                float ink = ink(digit, row, column) + noise * gaussian();
                pixels[offset + row * DigitSet.SIZE + column] = (byte) Math.round(255 * Math.clamp(ink, 0f, 1f));
            }
        }
    }

    private float ink(DistanceField digit, int row, int column) {
        float x = column - CENTRE - shiftX + warp(warpX, row, column);
        float y = row - CENTRE - shiftY + warp(warpY, row, column);
        float distance = digit.at(toDigit[0] * x + toDigit[1] * y, toDigit[2] * x + toDigit[3] * y);
        return darkness * Math.clamp(0.5f + thickness - distance, 0f, 1f);
    }

    /** The displacement at a pixel: between knots along a cubic with level ends, so that it has no creases. */
    private static float warp(float[] knots, int row, int column) {
        float v = row * KNOTS_PER_PIXEL;
        float u = column * KNOTS_PER_PIXEL;
        int above = (int) v;
        int left = (int) u;
        int knot = above * KNOTS + left;
        float across = smooth(u - left);
        float upper = knots[knot] + across * (knots[knot + 1] - knots[knot]);
        float lower = knots[knot + KNOTS] + across * (knots[knot + KNOTS + 1] - knots[knot + KNOTS]);
        return upper + smooth(v - above) * (lower - upper);
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }
}
