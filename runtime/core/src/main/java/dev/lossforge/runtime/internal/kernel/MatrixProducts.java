package dev.lossforge.runtime.internal.kernel;

import java.util.ServiceLoader;

/**
 * Products of matrices, on all threads of the common pool. Equal calls give equal bits, whatever the number of threads.
 *
 * <p>Both factors are packed, whatever their strides, so that the innermost loops read memory in order. Sums run in
 * floats over at most {@link PairProduct#TERMS} terms, and in doubles over those sums. The error of an entry is at most
 * {@code (TERMS + 1) · 2⁻²⁴ · Σ |left| · |right|} in the worst case, and less than 10⁻⁶ of that sum in practice. The
 * same holds for the other {@link PairTerms}, whose differences are rounded once.
 */
public final class MatrixProducts {
    private static final int LANES = 256;

    /** The number of floats in a line of memory. */
    static final int STRIP = 16;

    private static final MatrixKernel FASTEST = choose();

    private MatrixProducts() {}

    private static MatrixKernel choose() {
        return ServiceLoader.load(MatrixKernel.Provider.class, MatrixProducts.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().create().stream())
                .findFirst()
                .orElseGet(PlainMatrixKernel::new);
    }

    /**
     * {@code target = left · right}, or what else of each row and column.
     *
     * @param minuend of {@link PairTerms#WEIGHTED_DIFFERENCES}; others have {@link Matrix#NONE}
     * @param target the array of the product, {@code [rows, columns]}
     * @param stride from one row of the product to the next
     */
    public static void set(
            PairTerms terms,
            int rows,
            int columns,
            int inner,
            Matrix left,
            Matrix right,
            Matrix minuend,
            float[] target,
            int offset,
            int stride) {
        PairTarget to = new PairTarget(target, offset, stride, false, 1);
        new PairProduct(FASTEST, terms, rows, columns, inner, left, right, minuend, to).run();
    }

    /** {@code target += scale · left · right}, as {@link #set}. */
    public static void add(
            PairTerms terms,
            int rows,
            int columns,
            int inner,
            Matrix left,
            Matrix right,
            Matrix minuend,
            float scale,
            float[] target,
            int offset,
            int stride) {
        PairTarget to = new PairTarget(target, offset, stride, true, scale);
        new PairProduct(FASTEST, terms, rows, columns, inner, left, right, minuend, to).run();
    }

    /** {@code target[j · rows + i] = source[i · columns + j]}. */
    public static void transpose(int rows, int columns, float[] source, float[] target) {
        int strips = (columns + STRIP - 1) / STRIP;
        Parallel.run(Parallel.parts(strips, (long) rows * columns), strips, (part, from, to) -> {
            float[] square = new float[STRIP * STRIP];
            for (int column = from * STRIP; column < Math.min(to * STRIP, columns); column += STRIP) {
                int width = Math.min(STRIP, columns - column);
                for (int row = 0; row < rows; row += STRIP) {
                    int height = Math.min(STRIP, rows - row);
                    for (int i = 0; i < height; i++) {
                        System.arraycopy(source, (row + i) * columns + column, square, i * STRIP, width);
                    }
                    storeColumns(square, width, height, target, column * rows + row, rows);
                }
            }
        });
    }

    /**
     * Writes columns of a square to rows of the target. The square is an intermediate copy, because lines of memory may
     * evict each other.
     */
    private static void storeColumns(float[] square, int width, int height, float[] target, int offset, int stride) {
        for (int j = 0; j < width; j++) {
            int at = offset + j * stride;
            for (int i = 0; i < height; i++) {
                target[at + i] = square[i * STRIP + j];
            }
        }
    }

    /** Whether all entries of a matrix are finite. */
    public static boolean isFinite(int rows, int columns, Matrix matrix) {
        boolean inRows = matrix.columnStride == 1;
        Matrix m = inRows ? matrix : matrix.transposed();
        int lines = inRows ? rows : columns;
        int length = inRows ? columns : rows;
        if (m.columnStride == 1 && m.rowStride == length) {
            return isFinite(m.array, m.offset, lines * length);
        }
        for (int line = 0; line < lines; line++) {
            if (!isFinite(m.array, m.offset + line * m.rowStride, length)) {
                return false;
            }
        }
        return true;
    }

    /** Multiplies each entry by 0: the result is 0 if all are finite, and NaN otherwise. */
    private static boolean isFinite(float[] array, int from, int length) {
        float[] sums = new float[LANES];
        int whole = length - length % LANES;
        for (int at = from; at < from + whole; at += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += 0 * array[at + lane];
            }
        }
        float sum = 0;
        for (int at = from + whole; at < from + length; at++) {
            sum += 0 * array[at];
        }
        for (float part : sums) {
            sum += part;
        }
        return sum == 0;
    }
}
