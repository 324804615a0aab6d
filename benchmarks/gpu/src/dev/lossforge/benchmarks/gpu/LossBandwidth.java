package dev.lossforge.benchmarks.gpu;

import dev.lossforge.benchmarks.gpu.LossCase.Expected;
import dev.lossforge.benchmarks.gpu.LossCase.Grid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Times loss kernels written by hand on TornadoVM's default device.
 *
 * <p>Arguments: {@code element MEGABYTES sweep|few}, or {@code rows ROWS CLASSES}; megabytes are those of one array.
 */
final class LossBandwidth {

    private static final float DELTA = 1f;
    private static final int REPEATS = Integer.getInteger("repeats", 20);

    private LossBandwidth() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("element")) {
            for (String megabytes : arguments[1].split(",")) {
                elements((int) (Double.parseDouble(megabytes) * (1 << 18)), arguments[2].equals("sweep"));
            }
        } else {
            rows(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private static void elements(int n, boolean sweep) throws Exception {
        System.out.printf("## %d elements, %.0f MiB an array%n", n, n / 262144.0);
        FloatArray p = random(n, 1, 4f);
        FloatArray y = random(n, 2, 4f);
        FloatArray t = random(n, 3, 0.5f);
        IntStream.range(0, n).parallel().forEach(i -> t.set(i, t.get(i) + 0.5f));
        FloatArray g = new FloatArray(n);
        float scale = 1f / 1024;
        List<Grid> all = elementGrids(n, new int[] {128, 256, 512, 1024}, new int[] {1, 4, 16, 64, 256});
        List<Grid> few = elementGrids(n, new int[] {256, 512}, new int[] {1, 4, 16, 64});
        List<Grid> grids = sweep ? all : few;
        element("copy", ElementKernels::copy, p, y, g, 8.0, grids, scale, null);
        Expected squared = new Expected(
                sum(n, i -> square((double) p.get(i) - y.get(i))),
                i -> 2 * ((double) p.get(i) - y.get(i)) * scale,
                1e-6 * scale);
        element("mse", ElementKernels::squaredError, p, y, g, 12.0, grids, scale, squared);
        element("mse by four", ElementKernels::squaredErrorByFour, p, y, g, 12.0, grids, scale, squared);
        element(
                "huber",
                ElementKernels::huber,
                p,
                y,
                g,
                12.0,
                few,
                scale,
                new Expected(
                        sum(n, i -> huber((double) p.get(i) - y.get(i))),
                        i -> Math.max(-DELTA, Math.min(DELTA, (double) p.get(i) - y.get(i))) * scale,
                        1e-6 * scale));
        element(
                "bce with logits",
                ElementKernels::logisticLoss,
                p,
                t,
                g,
                12.0,
                grids,
                scale,
                new Expected(
                        sum(n, i -> logistic(p.get(i), t.get(i))),
                        i -> (1 / (1 + Math.exp(-(double) p.get(i))) - t.get(i)) * scale,
                        1e-6 * scale));
    }

    private static void element(
            String name,
            Task7<KernelContext, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, IntArray> kernel,
            FloatArray p,
            FloatArray y,
            FloatArray g,
            double bytesPerElement,
            List<Grid> grids,
            float scale,
            Expected expected)
            throws Exception {
        int n = p.getSize();
        new LossCase<>(name, kernel, p, y, g, bytesPerElement * n, new int[] {n, 0, 0}, new float[] {scale, DELTA})
                .run(grids, REPEATS, expected);
    }

    private static void rows(int rows, int classes) throws Exception {
        int n = rows * classes;
        System.out.printf("## softmax cross-entropy %d x %d, %.1f MiB an array%n", rows, classes, n / 262144.0);
        FloatArray z = random(n, 1, 4f);
        IntArray label = new IntArray(rows);
        IntStream.range(0, rows).parallel().forEach(i -> label.set(i, Math.floorMod(mix(i * 31L + 7), classes)));
        FloatArray g = new FloatArray(n);
        float scale = 1f / rows;
        double[] lse = IntStream.range(0, rows)
                .parallel()
                .mapToDouble(r -> {
                    double s = 0;
                    for (int k = 0; k < classes; k++) {
                        s += Math.exp(z.get(r * classes + k));
                    }
                    return Math.log(s);
                })
                .toArray();
        Expected expected = new Expected(
                IntStream.range(0, rows)
                        .parallel()
                        .mapToDouble(r -> lse[r] - z.get(r * classes + label.get(r)))
                        .sum(),
                i -> (Math.exp(z.get(i) - lse[i / classes]) - (i % classes == label.get(i / classes) ? 1 : 0)) * scale,
                1e-6 * scale);
        double bytes = 8.0 * n + 4.0 * rows;
        int[] sizes = {rows, classes, 0};
        float[] settings = {scale};
        if (classes > 64) {
            List<Grid> grids = IntStream.of(32, 64, 128, 256, 512, 1024)
                    .mapToObj(local -> new Grid(rows, local))
                    .toList();
            new LossCase<>("group per row", RowKernels::groupPerRow, z, label, g, bytes, sizes, settings)
                    .run(grids, REPEATS, expected);
            new LossCase<>("group, cached row", RowKernels::groupPerCachedRow, z, label, g, bytes, sizes, settings)
                    .run(grids, REPEATS, expected);
        }
        if (classes <= 1024) {
            List<Grid> grids = elementGrids(rows, new int[] {64, 128, 256}, new int[] {1, 4});
            new LossCase<>("item per row", RowKernels::itemPerRow, z, label, g, bytes, sizes, settings)
                    .run(grids, REPEATS, expected);
        }
        if (classes <= 64) {
            List<Grid> grids = elementGrids(rows, new int[] {64, 128}, new int[] {1, 4, 16});
            new LossCase<>("item per staged row", RowKernels::itemPerStagedRow, z, label, g, bytes, sizes, settings)
                    .run(grids, REPEATS, expected);
        }
    }

    private static List<Grid> elementGrids(int n, int[] locals, int[] itemsPerThread) {
        Set<Grid> grids = new LinkedHashSet<>();
        for (int local : locals) {
            for (int items : itemsPerThread) {
                grids.add(new Grid((int) Math.max(1, Math.ceilDiv((long) n, (long) local * items)), local));
            }
        }
        return new ArrayList<>(grids);
    }

    private static double sum(int n, java.util.function.IntToDoubleFunction term) {
        return IntStream.range(0, n).parallel().mapToDouble(term).sum();
    }

    private static double square(double d) {
        return d * d;
    }

    private static double huber(double d) {
        double r = Math.abs(d);
        return r <= DELTA ? 0.5 * r * r : DELTA * (r - 0.5 * DELTA);
    }

    private static double logistic(double v, double t) {
        return Math.max(v, 0) - v * t + Math.log1p(Math.exp(-Math.abs(v)));
    }

    private static FloatArray random(int n, long seed, float bound) {
        FloatArray values = new FloatArray(n);
        IntStream.range(0, n)
                .parallel()
                .forEach(i -> values.set(i, bound * (mix(i * 2654435761L + seed * 40503L) / (float) (1L << 31))));
        return values;
    }

    private static int mix(long x) {
        long h = (x ^ (x >>> 31)) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (h >>> 32);
    }
}
