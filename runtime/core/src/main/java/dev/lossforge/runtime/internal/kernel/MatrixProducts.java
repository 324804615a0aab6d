package dev.lossforge.runtime.internal.kernel;

import java.util.ServiceLoader;

/**
 * Products of matrices, on all threads of the common pool. Equal calls give equal bits, whatever the number of threads.
 *
 * <p>Both factors are packed, whatever their strides, so that the innermost loops read memory in order. Sums run in
 * floats over at most {@link #TERMS} terms, and in doubles over those sums. The error of an entry is at most
 * {@code (TERMS + 1) · 2⁻²⁴ · Σ |left| · |right|} in the worst case, and less than 10⁻⁶ of that sum in practice.
 */
public final class MatrixProducts {
    /** The longest sum in floats. */
    static final int TERMS = 128;

    /** The number of multiply-adds that take as long as one operation as counted by {@link Parallel}. */
    private static final int OPERATIONS_AT_ONCE = 8;

    /**
     * Tiles one below the other whose rows are packed together, and which share the panels in the first-level cache.
     */
    private static final int TILES = 4;

    private static final int LANES = 256;

    /** The number of floats in a line of memory. */
    private static final int STRIP = 16;

    private static final MatrixKernel FASTEST = choose();

    private MatrixProducts() {}

    private static MatrixKernel choose() {
        return ServiceLoader.load(MatrixKernel.Provider.class, MatrixProducts.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().create().stream())
                .findFirst()
                .orElseGet(PlainMatrixKernel::new);
    }

    /**
     * {@code target = left · right}.
     *
     * @param target the array of the product, {@code [rows, columns]}
     * @param stride from one row of the product to the next
     */
    public static void set(
            int rows, int columns, int inner, Matrix left, Matrix right, float[] target, int offset, int stride) {
        new Product(FASTEST, rows, columns, inner, left, right, new Target(target, offset, stride, false, 1)).run();
    }

    /** {@code target += scale · left · right}, as {@link #set}. */
    public static void add(
            int rows,
            int columns,
            int inner,
            Matrix left,
            Matrix right,
            float scale,
            float[] target,
            int offset,
            int stride) {
        new Product(FASTEST, rows, columns, inner, left, right, new Target(target, offset, stride, true, scale)).run();
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

    /** The destination of a product. */
    static final class Target {
        private final float[] array;
        private final int offset;
        private final int stride;
        private final boolean adds;
        private final float scale;

        Target(float[] array, int offset, int stride, boolean adds, float scale) {
            this.array = array;
            this.offset = offset;
            this.stride = stride;
            this.adds = adds;
            this.scale = scale;
        }

        void store(float[] tile, int tileRow, int row, int column, int width) {
            int at = offset + row * stride + column;
            if (!adds) {
                System.arraycopy(tile, tileRow, array, at, width);
                return;
            }
            for (int c = 0; c < width; c++) {
                array[at + c] += tile[tileRow + c] * scale;
            }
        }
    }

    /** One product. The rows of tiles are divided among threads. */
    static final class Product {
        private final MatrixKernel kernel;
        private final int height;
        private final int width;
        private final int rows;
        private final int columns;
        private final int inner;
        private final int stride;
        private final Matrix left;
        private final Matrix right;
        private final Target target;
        private final float[] packed;

        Product(MatrixKernel kernel, int rows, int columns, int inner, Matrix left, Matrix right, Target target) {
            this.kernel = kernel;
            this.height = kernel.rows();
            this.width = kernel.columns();
            this.rows = rows;
            this.columns = columns;
            this.inner = inner;
            this.stride = inner + STRIP;
            this.left = left;
            this.right = right;
            this.target = target;
            this.packed = new float[panels() * inner * width];
        }

        void run() {
            int panels = panels();
            int packingParts = Parallel.parts(panels, (long) columns * inner);
            Parallel.run(packingParts, panels, (part, from, to) -> packRight(from, to));
            int tiles = (rows + height - 1) / height;
            long work = (long) rows * columns * inner / OPERATIONS_AT_ONCE;
            Parallel.run(Parallel.parts(tiles, work), tiles, (part, from, to) -> multiply(from, to));
        }

        private int panels() {
            return (columns + width - 1) / width;
        }

        /** Packs panels with the columns of a tile: the first row of a panel, its second row and so on. */
        private void packRight(int from, int to) {
            for (int panel = from; panel < to; panel++) {
                int first = panel * width;
                int present = Math.min(width, columns - first);
                int at = panel * inner * width;
                int source = right.offset + first * right.columnStride;
                if (right.columnStride == 1) {
                    for (int k = 0; k < inner; k++) {
                        System.arraycopy(right.array, source + k * right.rowStride, packed, at + k * width, present);
                    }
                } else {
                    for (int c = 0; c < present; c++) {
                        int column = source + c * right.columnStride;
                        for (int k = 0; k < inner; k++) {
                            packed[at + k * width + c] = right.array[column + k * right.rowStride];
                        }
                    }
                }
            }
        }

        /**
         * Packs some rows, at distances that are not powers of two, because such distances share few places in the
         * caches.
         */
        private void packLeft(int first, int last, float[] packedRows) {
            int count = last - first;
            int source = left.offset + first * left.rowStride;
            if (left.columnStride == 1) {
                for (int r = 0; r < count; r++) {
                    System.arraycopy(left.array, source + r * left.rowStride, packedRows, r * stride, inner);
                }
            } else {
                for (int k = 0; k < inner; k++) {
                    int column = source + k * left.columnStride;
                    for (int r = 0; r < count; r++) {
                        packedRows[r * stride + k] = left.array[column + r * left.rowStride];
                    }
                }
            }
        }

        private void multiply(int fromTile, int toTile) {
            int group = Math.min(toTile - fromTile, TILES);
            float[] packedRows = new float[group * height * stride];
            float[] tile = new float[height * width];
            double[] sums = new double[height * width];
            for (int t = fromTile; t < toTile; t += group) {
                int first = t * height;
                int last = Math.min(Math.min(t + group, toTile) * height, rows);
                packLeft(first, last, packedRows);
                for (int panel = 0; panel < panels(); panel++) {
                    for (int row = first; row < last; row += height) {
                        multiply(packedRows, (row - first) * stride, panel * inner * width, tile, sums);
                        store(tile, row, panel * width);
                    }
                }
            }
        }

        private void multiply(float[] packedRows, int row, int panel, float[] tile, double[] sums) {
            kernel.multiply(packedRows, row, stride, packed, panel, Math.min(inner, TERMS), tile);
            if (inner <= TERMS) {
                return;
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = tile[i];
            }
            for (int k = TERMS; k < inner; k += TERMS) {
                kernel.multiply(
                        packedRows, row + k, stride, packed, panel + k * width, Math.min(TERMS, inner - k), tile);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += tile[i];
                }
            }
            for (int i = 0; i < sums.length; i++) {
                tile[i] = (float) sums[i];
            }
        }

        private void store(float[] tile, int row, int column) {
            int present = Math.min(height, rows - row);
            for (int r = 0; r < present; r++) {
                target.store(tile, r * width, row + r, column, Math.min(width, columns - column));
            }
        }
    }
}
