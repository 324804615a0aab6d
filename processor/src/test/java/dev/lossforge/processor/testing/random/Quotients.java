package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprListing;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.BoundedDerivatives;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.ErrorBounds;
import dev.lossforge.processor.testing.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares derivatives with central differences, all in double precision. Differences of two widths tell how far they
 * may be trusted: near a kink they differ, and nothing is compared.
 */
final class Quotients {

    private static final double STEP = 1e-5;
    private static final int MAX_ENTRIES = 3;
    private static final double ORDINARY = 0.375;

    private final Formula formula;
    private final Derivatives derivatives;
    private final InputValues values;
    private final int unit;
    private final ErrorBounds here;
    /** What is differentiated: the formula as it was written, or in stable form where that alone has a value. */
    private final Expr function;

    private final Map<String, Double> starts = new HashMap<>();

    Quotients(Formula formula, Derivatives derivatives, InputValues values, int unit) {
        this.formula = formula;
        this.derivatives = derivatives;
        this.values = values;
        this.unit = unit;
        this.here = new ErrorBounds(formula.exprs(), values, Precision.DOUBLE);
        boolean hasValue = !Double.isNaN(here.of(formula.value(), Map.of()).value());
        this.function = hasValue ? formula.value() : derivatives.formula().value();
    }

    /** The number of entries compared. */
    int compare() {
        Map<String, Approximation> gradient = derivatives(derivatives.gradient(), here);
        Map<String, Approximation> hessian = derivatives(derivatives.hessian(), here);
        int compared = 0;
        for (String key : some(keys(false))) {
            compared += compare("gradient ", key, entry(gradient, key), this::value);
        }
        List<Contribution> first =
                formula.diagonalHessian() ? ReverseMode.differentiate(formula).gradient() : List.of();
        for (String key : formula.diagonalHessian() ? some(keys(true)) : List.<String>of()) {
            compared += compare(
                    "hessian ", key, entry(hessian, key), at -> entry(derivatives(first, here.movedTo(at)), key));
        }
        return compared;
    }

    private Map<String, Approximation> derivatives(List<Contribution> contributions, ErrorBounds at) {
        return BoundedDerivatives.of(formula.exprs(), contributions, values, Precision.DOUBLE, at);
    }

    private static Approximation entry(Map<String, Approximation> entries, String key) {
        return entries.getOrDefault(key, new Approximation(0, 0));
    }

    private Approximation value(InputValues at) {
        return here.movedTo(at).of(function, Map.of());
    }

    private List<String> keys(boolean predictionsOnly) {
        List<String> keys = new ArrayList<>();
        for (Input input : formula.inputs()) {
            if (!input.differentiated() || predictionsOnly && input.trainable()) {
                continue;
            }
            for (int[] at : positions(input)) {
                keys.add(DerivativeValues.key(input, at));
                starts.put(DerivativeValues.key(input, at), values.get(input, at));
            }
        }
        return keys;
    }

    private List<int[]> positions(Input input) {
        List<int[]> positions = new ArrayList<>();
        int rows = input.rank() == 0 ? 1 : values.extent(input, 0);
        int columns = input.rank() == 2 ? values.extent(input, 1) : 1;
        for (int i = 0; i < rows * columns; i++) {
            positions.add(
                    switch (input.rank()) {
                        case 0 -> new int[0];
                        case 1 -> new int[] {i};
                        default -> new int[] {i / columns, i % columns};
                    });
        }
        return positions;
    }

    private static List<String> some(List<String> keys) {
        if (keys.size() <= MAX_ENTRIES) {
            return keys;
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < MAX_ENTRIES; i++) {
            some.add(keys.get(i * (keys.size() - 1) / (MAX_ENTRIES - 1)));
        }
        return some;
    }

    private interface Function {
        Approximation at(InputValues values);
    }

    private int compare(String what, String key, Approximation derivative, Function function) {
        boolean indefinite = Double.isNaN(derivative.value()) && (mayBeIndefinite(what) || hasInfiniteTarget());
        if (!derivative.isDecided() || indefinite) {
            return 0;
        }
        Approximation[] values = new Approximation[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.at(shifted(key, (i - 2) * STEP));
        }
        Approximation narrow = slope(values, key, 1, 3);
        Approximation wide = slope(values, key, 0, 4);
        Approximation bend = slope(values, key, 2, 3).minus(slope(values, key, 1, 2));
        // What the rounding of the middle value hides may be a kink.
        double doubt = 2 * Math.abs(wide.value() - narrow.value()) + narrow.error() + wide.error() + bend.error();
        if (!(doubt <= 1e-4 * (1 + Math.abs(narrow.value()))) || isKink(bend, values, key)) {
            return 0;
        }
        double difference = Math.abs(derivative.value() - narrow.value());
        if (!(difference <= doubt + derivative.error())) {
            String expected = narrow.value() + " ± " + doubt + ", the difference quotient";
            throw new Disagreement(unit, what + key, derivative.value(), expected);
        }
        return 1;
    }

    /**
     * Whether the chain rule may be 0 · ∞ or ∞ / ∞ where the formula is smooth, a limit that the reference of the
     * language states: at the poles of gamma functions, even behind tanh, and at infinities in second derivatives and
     * those of atan2.
     */
    private boolean mayBeIndefinite(String what) {
        ExprListing listing = new ExprListing(formula.exprs());
        listing.name(formula.value());
        String operations = listing.lines();
        boolean atInfinity = operations.contains("atan2 ") || what.startsWith("hessian");
        return operations.contains("gamma")
                || atInfinity && formula.inputs().stream().anyMatch(this::hasInfinity);
    }

    private boolean hasInfinity(Input input) {
        return positions(input).stream().anyMatch(at -> Double.isInfinite(values.get(input, at)));
    }

    /**
     * Whether the value depends on an infinite target: where the formula saturates there, the chain rule is 0 · ∞. On a
     * side that is not taken any other target gives the same value.
     */
    private boolean hasInfiniteTarget() {
        double finite = value(changed((input, indices, value) ->
                        input.role() == Role.TARGET && Double.isInfinite(value) ? ORDINARY : value))
                .value();
        return finite != value(values).value();
    }

    /** Whether here is a pole, or the slopes on both sides differ, and not in proportion to the step. */
    private boolean isKink(Approximation bend, Approximation[] values, String key) {
        Approximation far = slope(values, key, 2, 4).minus(slope(values, key, 0, 2));
        return !Double.isFinite(bend.value())
                || Math.abs(bend.value()) > bend.error() + far.error()
                        && Math.abs(bend.value()) > 0.7 * Math.abs(far.value());
    }

    private Approximation slope(Approximation[] values, String key, int from, int to) {
        double start = starts.getOrDefault(key, 0.0);
        double width = (start + (to - 2) * STEP) - (start + (from - 2) * STEP);
        Approximation rise = values[to].minus(values[from]);
        return new Approximation(rise.value() / width, rise.error() / width);
    }

    private InputValues shifted(String key, double shift) {
        return changed(
                (input, indices, value) -> DerivativeValues.key(input, indices).equals(key) ? value + shift : value);
    }

    private interface Change {
        double of(Input input, int[] indices, double value);
    }

    private InputValues changed(Change change) {
        return new InputValues() {
            @Override
            public double get(Input input, int... indices) {
                return change.of(input, indices, values.get(input, indices));
            }

            @Override
            public int extent(Input input, int axis) {
                return values.extent(input, axis);
            }
        };
    }
}
