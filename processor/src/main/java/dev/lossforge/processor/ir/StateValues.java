package dev.lossforge.processor.ir;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The states of a scan in double precision, from position 0 to the number of steps; NaN outside. */
final class StateValues {
    private final double[][] states;
    private final int[] shape;

    StateValues(int steps, int[] shape) {
        this.shape = shape;
        this.states = new double[steps + 1][Arrays.stream(shape).reduce(1, (a, b) -> a * Math.max(b, 0))];
    }

    double at(int position, int[] entry) {
        int flat = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (entry[axis] < 0 || entry[axis] >= shape[axis]) {
                return Double.NaN;
            }
            flat = flat * shape[axis] + entry[axis];
        }
        return position < 0 || position >= states.length ? Double.NaN : states[position][flat];
    }

    void fill(int position, ToDoubleFunction<int[]> value) {
        double[] state = states[position];
        for (int flat = 0; flat < state.length; flat++) {
            state[flat] = value.applyAsDouble(entry(flat));
        }
    }

    private int[] entry(int flat) {
        int[] entry = new int[shape.length];
        int rest = flat;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            entry[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return entry;
    }
}
