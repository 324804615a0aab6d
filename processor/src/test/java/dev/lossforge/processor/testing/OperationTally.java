package dev.lossforge.processor.testing;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.FirstOrder;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many operations the kernels of a formula do for inputs of a size.
 *
 * @param value those of the value alone, and one for each entry of what the formula is differentiated by: also a value
 *     that does not look at an entry has a derivative by it
 * @param gradient those of value and gradients
 * @param hessian those of value, gradients and Hessians
 */
public record OperationTally(long value, long gradient, long hessian, long entries) {

    /** The loops of the JVM. */
    public static LoopNest nest(Formula formula) {
        return Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewrite(Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula())))));
    }

    public static OperationTally of(LoopNest nest, int rows, int columns) {
        Sized inputs = new Sized(nest.formula(), rows, columns);
        long entries = nest.formula().inputs().stream()
                .filter(Input::differentiated)
                .mapToLong(inputs::size)
                .sum();
        return new OperationTally(
                count(nest, nest.valueStatements(), inputs) + entries,
                count(nest, FirstOrder.of(nest.statements()), inputs),
                count(nest, nest.statements(), inputs),
                entries);
    }

    private static long count(LoopNest nest, List<Statement> statements, InputValues inputs) {
        LoopInterpreter interpreter = new LoopInterpreter(nest, inputs);
        interpreter.run(statements);
        return interpreter.operations();
    }

    /** Inputs of given extents, each entry a number that its name and position decide. */
    private record Sized(Formula formula, int rows, int columns) implements InputValues {

        @Override
        public double get(Input input, int... indices) {
            SplittableRandom random = new SplittableRandom((input.name() + Arrays.toString(indices)).hashCode());
            return input.type() == Type.INT
                    ? random.nextInt(columns)
                    : random.nextDouble(Math.max(input.min(), -2) + 0.01, Math.min(input.max(), 2) - 0.01);
        }

        @Override
        public int extent(Input input, int axis) {
            boolean hasRows = formula.scope() == Scope.BATCH || input.rank() == 2;
            boolean ofRows = hasRows && input.role() != Role.PARAMETER && axis == 0;
            return ofRows ? rows : columns;
        }

        long size(Input input) {
            long size = 1;
            for (int axis = 0; axis < input.rank(); axis++) {
                size *= extent(input, axis);
            }
            return size;
        }
    }
}
