package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;

/** Tiles of differences in plain Java that compilers vectorize: a row of the right matrix with a row of the tile. */
final class PlainDifferences {
    private PlainDifferences() {}

    static void square(
            float[] left,
            int leftAt,
            int leftStride,
            float[] right,
            int rightAt,
            int length,
            int columns,
            float[] tile) {
        Arrays.fill(tile, 0);
        for (int at = 0; at < tile.length; at += columns) {
            int row = leftAt + at / columns * leftStride;
            for (int k = 0; k < length; k++) {
                float x = left[row + k];
                int entries = rightAt + k * columns;
                for (int c = 0; c < columns; c++) {
                    float difference = x - right[entries + c];
                    tile[at + c] += difference * difference;
                }
            }
        }
    }

    static void largest(
            float[] left,
            int leftAt,
            int leftStride,
            float[] right,
            int rightAt,
            int length,
            int columns,
            float[] tile) {
        Arrays.fill(tile, 0);
        for (int at = 0; at < tile.length; at += columns) {
            int row = leftAt + at / columns * leftStride;
            for (int k = 0; k < length; k++) {
                float x = left[row + k];
                int entries = rightAt + k * columns;
                for (int c = 0; c < columns; c++) {
                    tile[at + c] = Math.max(tile[at + c], Math.abs(x - right[entries + c]));
                }
            }
        }
    }

    static void weight(
            float[] left,
            int leftAt,
            int leftStride,
            float[] right,
            int rightAt,
            int length,
            int columns,
            float[] minuend,
            float[] tile) {
        Arrays.fill(tile, 0);
        for (int at = 0; at < tile.length; at += columns) {
            int row = leftAt + at / columns * leftStride;
            for (int k = 0; k < length; k++) {
                float weight = left[row + k];
                int entries = rightAt + k * columns;
                for (int c = 0; c < columns; c++) {
                    tile[at + c] += weight * (minuend[at + c] - right[entries + c]);
                }
            }
        }
    }
}
