package dev.lossforge.runtime.tornadovm;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.BoundedDerivatives;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.ErrorBounds;
import dev.lossforge.processor.testing.Precision;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernels of a formula find for a batch, in double precision, with bounds of what the rounding of each
 * operation in another precision makes of it at these very inputs: those by which random formulas are judged.
 */
final class ExactLoss {
    private static final Approximation ZERO = new Approximation(0, 0);

    private final Formula formula;
    private final Derivatives derivatives;
    private final KernelFrame frame;
    private final Precision precision;
    private final boolean hasScan;
    private final Map<Integer, Unit> known = new HashMap<>();

    private record Unit(Approximation value, Map<String, Approximation> gradient, Map<String, Approximation> hessian) {}

    /** @param frame with the inputs, weights and factor of a batch */
    ExactLoss(Formula formula, KernelFrame frame, Precision precision) {
        this.formula = formula;
        this.derivatives = LogSumExpSplitter.rewrite(Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula())));
        this.frame = frame;
        this.precision = precision;
        this.hasScan = ExprNodes.anyMatch(formula.value(), node -> node instanceof Expr.Scan);
    }

    /** The weighted value of a unit. */
    Approximation value(int unit) {
        return weighted(of(unit).value(), unit, 1);
    }

    /** An entry of a derivative by a prediction; its order is 1 or 2. */
    Approximation derivative(int order, int input, int entry) {
        int size = isOfBatch() ? Integer.MAX_VALUE : frame.unitSize(input);
        Unit unit = of(entry / size);
        Map<String, Approximation> entries = order == 1 ? unit.gradient() : unit.hessian();
        return weighted(entries.getOrDefault(key(input, entry % size), ZERO), entry / size, frame.scale());
    }

    /**
     * An entry of the gradient by a hyperparameter: a sum over so many units.
     *
     * @param factor the sum of those of all runs, which add to what they find
     */
    Approximation parameterGradient(int input, int entry, int units, double factor) {
        double value = 0;
        double error = 0;
        double magnitude = 0;
        for (int unit = 0; unit < units; unit++) {
            Approximation part = weighted(of(unit).gradient().getOrDefault(key(input, entry), ZERO), unit, factor);
            value += part.value();
            error += part.error();
            magnitude += Math.abs(part.value());
        }
        int rounds = Integer.SIZE - Integer.numberOfLeadingZeros(units); // of a tree
        return new Approximation(value, error + rounds * precision.roundoff() * magnitude);
    }

    private Approximation weighted(Approximation number, int unit, double factor) {
        double weight = frame.weight(unit);
        return weight == 0 ? ZERO : number.times(weight * factor, precision);
    }

    private boolean isOfBatch() {
        return formula.scope() == Scope.BATCH;
    }

    private Unit of(int unit) {
        return known.computeIfAbsent(unit, this::compute);
    }

    private Unit compute(int unit) {
        InputValues values = values(unit);
        return hasScan ? withoutBounds(values) : withBounds(values);
    }

    private Unit withBounds(InputValues values) {
        return new Unit(
                new ErrorBounds(formula.exprs(), values, precision).of(derivatives.value(), Map.of()),
                bounds(derivatives.gradient(), values),
                bounds(derivatives.hessian(), values));
    }

    /** Of states no bounds are known. */
    private Unit withoutBounds(InputValues values) {
        Map<String, Approximation> gradient = new HashMap<>();
        DerivativeValues.of(formula.exprs(), derivatives.gradient(), values)
                .forEach((key, value) -> gradient.put(key, new Approximation(value, 0)));
        double value = new Interpreter(formula.exprs(), values).evaluate(derivatives.value());
        return new Unit(new Approximation(value, 0), gradient, Map.of());
    }

    private Map<String, Approximation> bounds(List<Contribution> contributions, InputValues values) {
        return BoundedDerivatives.of(formula.exprs(), contributions, values, precision);
    }

    private InputValues values(int unit) {
        Map<String, Object> values = new HashMap<>();
        for (Input input : formula.inputs()) {
            values.put(input.name(), value(input, unit));
        }
        return InputValues.of(values);
    }

    private Object value(Input input, int unit) {
        int size = frame.unitSize(input.position());
        boolean isShared = isOfBatch() || input.role() == Role.PARAMETER;
        int first = isShared ? 0 : unit * size;
        double[] entries = new double[size];
        for (int i = 0; i < size; i++) {
            entries[i] = input.type() == Type.INT
                    ? frame.ints(input.position())[first + i]
                    : frame.floats(input.position())[first + i];
        }
        return switch (input.rank()) {
            case 0 -> entries[0];
            case 1 -> entries;
            default -> rows(entries, frame.extent(input.position(), 1));
        };
    }

    private static double[][] rows(double[] entries, int columns) {
        double[][] rows = new double[entries.length / columns][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(entries, row * columns, (row + 1) * columns));
        return rows;
    }

    private String key(int position, int entry) {
        Input input = formula.inputs().get(position);
        return switch (input.rank()) {
            case 0 -> DerivativeValues.key(input);
            case 1 -> DerivativeValues.key(input, entry);
            default -> {
                int columns = frame.extent(position, 1);
                yield DerivativeValues.key(input, entry / columns, entry % columns);
            }
        };
    }
}
