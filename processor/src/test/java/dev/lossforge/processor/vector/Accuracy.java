package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/** Compares a function of floats, expanded into a graph, with one in double precision. */
final class Accuracy {
    private static final int LANES = 1024;

    private final VectorGraph graph = new VectorGraph();
    private final VectorNode x = graph.leaf("x", VectorKind.FLOAT);
    private final VectorNode y = graph.leaf("y", VectorKind.FLOAT);
    private final VectorNode result;
    private final VectorInterpreter interpreter;

    Accuracy(BinaryExpansion function) {
        this.result = function.expand(graph, x, y);
        List<VectorNode> results = new ArrayList<>(List.of(x, y, result));
        results.addAll(graph.rare());
        this.interpreter = new VectorInterpreter(graph, results, LANES);
    }

    /** Expands a function of two operands. */
    @FunctionalInterface
    interface BinaryExpansion {
        VectorNode expand(VectorGraph graph, VectorNode x, VectorNode y);
    }

    /** The greatest error and where it is. */
    record Worst(double ulps, float x, float y, float result, double exact) {}

    /** How many operations the function takes; bits that are read as another type are none. */
    int operations() {
        List<VectorNode> results = new ArrayList<>(graph.rare());
        results.add(result);
        return (int) VectorInterpreter.program(graph, results).stream()
                .filter(n -> n instanceof VectorNode.Operation o
                        && o.op() != VectorOp.TO_BITS
                        && o.op() != VectorOp.FROM_BITS)
                .count();
    }

    /** Whether some inputs are left to scalar code. */
    boolean isPartial() {
        return !graph.rare().isEmpty();
    }

    /** Values of a function where it is not rare; there it is what scalar code gives. */
    float[] values(float[] xs, float[] ys, DoubleBinaryOperator scalar) {
        float[] out = new float[xs.length];
        for (int at = 0; at < xs.length; at += LANES) {
            int n = Math.min(LANES, xs.length - at);
            for (int i = 0; i < n; i++) {
                interpreter.register(x)[i] = Float.floatToRawIntBits(xs[at + i]);
                interpreter.register(y)[i] = Float.floatToRawIntBits(ys[at + i]);
            }
            interpreter.run();
            for (int i = 0; i < n; i++) {
                out[at + i] = Float.intBitsToFloat(interpreter.register(result)[i]);
                for (VectorNode mask : graph.rare()) {
                    if (interpreter.register(mask)[i] != 0) {
                        out[at + i] = (float) scalar.applyAsDouble(xs[at + i], ys[at + i]);
                    }
                }
            }
        }
        return out;
    }

    static Worst worst(float[] xs, float[] ys, float[] results, DoubleBinaryOperator exact) {
        Worst worst = new Worst(0, 0, 0, 0, 0);
        for (int i = 0; i < xs.length; i++) {
            double expected = exact.applyAsDouble(xs[i], ys[i]);
            double error = ulps(results[i], expected);
            if (!(error <= worst.ulps())) {
                worst = new Worst(error, xs[i], ys[i], results[i], expected);
            }
        }
        return worst;
    }

    /** The distance in units in the last place of the exact value; an infinite result is what would come after. */
    static double ulps(float result, double exact) {
        if (Double.isNaN(exact)) {
            return Float.isNaN(result) ? 0 : Double.POSITIVE_INFINITY;
        }
        double found = Float.isInfinite(result) ? Math.copySign(0x1p128, result) : result;
        double wanted = Math.abs(exact) > 0x1p128 ? Math.copySign(0x1p128, exact) : exact;
        double error =
                Math.abs(found - wanted) / Math.ulp((float) Math.clamp(wanted, -Float.MAX_VALUE, Float.MAX_VALUE));
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    /** Points between two, the first half uniform in their bits, the others in value. */
    static float[] points(float from, float to, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] points = new float[n];
        for (int i = 0; i < n; i++) {
            points[i] = i < n / 2
                    ? ofOrder(random.nextLong(order(from), order(to) + 1L))
                    : (float) random.nextDouble(from, Math.nextUp((double) to));
        }
        return points;
    }

    /** Some of the points, evenly spread over them. */
    static float[] spread(float[] points, int n) {
        float[] some = new float[n];
        for (int i = 0; i < n; i++) {
            some[i] = points[(int) ((long) i * points.length / n)];
        }
        return some;
    }

    private static int order(float x) {
        int bits = Float.floatToRawIntBits(x);
        return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
    }

    private static float ofOrder(long order) {
        return Float.intBitsToFloat((int) (order >= 0 ? order : Integer.MIN_VALUE - order));
    }
}
