package dev.lossforge.digits;

/**
 * The signed distance to an {@link Outline}, tabulated so that it can be read at any point in a few operations. Ink of
 * any thickness and any smooth distortion follow from it without drawing the outline again.
 */
final class DistanceField {
    /** Half the side of the square that is tabulated, in pixels: the digit and a margin. */
    private static final float REACH = 14;

    private static final float STEPS_PER_PIXEL = 2;
    private static final int SIDE = (int) (2 * REACH * STEPS_PER_PIXEL) + 1;

    private final float[] distances = new float[SIDE * SIDE];

    DistanceField(Outline outline) {
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                distances[row * SIDE + column] =
                        outline.signedDistance(column / STEPS_PER_PIXEL - REACH, row / STEPS_PER_PIXEL - REACH);
            }
        }
    }

    /**
     * The interpolated distance at a point relative to the centre. Outside the table, it is the distance at the nearest
     * border point.
     */
    float at(float x, float y) {
        float u = Math.clamp((x + REACH) * STEPS_PER_PIXEL, 0f, SIDE - 1.001f);
        float v = Math.clamp((y + REACH) * STEPS_PER_PIXEL, 0f, SIDE - 1.001f);
        int column = (int) u;
        int row = (int) v;
        int i = row * SIDE + column;
        float fu = u - column;
        float upper = distances[i] + fu * (distances[i + 1] - distances[i]);
        float lower = distances[i + SIDE] + fu * (distances[i + SIDE + 1] - distances[i + SIDE]);
        return upper + (v - row) * (lower - upper);
    }
}
