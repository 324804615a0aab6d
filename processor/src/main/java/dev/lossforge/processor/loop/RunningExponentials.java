package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes scans of sums of exponentials relative to a running maximum, as log-sum-exps of the first or last terms of a
 * sequence have them, in value and gradient. They are no running sums, since all that was added must be scaled anew
 * where the maximum grows; each step of a scan does so, by a factor of 1 at most.
 */
final class RunningExponentials {
    private final Exprs exprs;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    RunningExponentials(Exprs exprs) {
        this.exprs = exprs;
    }

    /** An expression that reads scans in the place of such sums. */
    Expr apply(Expr node) {
        Expr known = done.get(node);
        if (known == null) {
            Expr rebuilt = Rebuild.with(exprs, node, this::apply);
            known = rebuilt instanceof Expr.Reduce r && r.op() == ReduceOp.SUM && r.type() == Type.FLOAT
                    ? scanned(r).orElse(rebuilt)
                    : rebuilt;
            done.put(node, known);
        }
        return known;
    }

    /** Whether a sum becomes a scan. */
    static boolean isScan(Exprs exprs, Expr.Reduce sum) {
        return new RunningExponentials(exprs).scanned(sum).isPresent();
    }

    private Optional<Expr> scanned(Expr.Reduce sum) {
        return ofFirstTerms(sum).or(() -> decayed(sum)).filter(this::hasRoom);
    }

    /** Whether all states take tables of no more axes than there is memory for, and of known extents. */
    private boolean hasRoom(Expr value) {
        return ExprNodes.of(value).stream()
                .filter(Expr.Scan.class::isInstance)
                .map(s -> ((Expr.Scan) s).steps().freeIndices(exprs))
                .allMatch(axes ->
                        axes.size() < Definitions.MAX_AXES && axes.stream().allMatch(i -> Extents.isKnown(i.extent())));
    }

    /**
     * How many of the first terms are the greatest, {@code Σ (x ≥ m ? 1 : 0)}, or the sum of what the others are
     * relative to it, {@code Σ (x ≥ m ? 0 : e^(x − m))}.
     */
    private Optional<Expr> ofFirstTerms(Expr.Reduce sum) {
        if (!(sum.body() instanceof Expr.Select s
                && s.condition() instanceof Expr.Compare isGreatest
                && isGreatest.op() == Comparison.GREATER_OR_EQUAL
                && isGreatest.left().type() == Type.FLOAT)) {
            return Optional.empty(); // also a mask of positions, i >= n ? 0 : …
        }
        Expr x = isGreatest.left();
        Expr greatest = isGreatest.right();
        boolean ties = Running.isConstant(s.whenTrue(), 1) && Running.isConstant(s.whenFalse(), 0);
        boolean others = Running.isConstant(s.whenTrue(), 0)
                && s.whenFalse() == exprs.unary(UnaryOp.EXP, exprs.binary(BinaryOp.SUBTRACT, x, greatest));
        return (ties || others)
                ? RunningMaximum.of(exprs, greatest)
                        .filter(m -> m.isSteady() && isSequenceOf(m.value(), sum.index(), x))
                        .map(m -> read(m.sequence(), ties ? ties(m) : others(m)))
                : Optional.empty();
    }

    private boolean isSequenceOf(Expr.Reduce maximum, Expr.Index index, Expr x) {
        return maximum.index().extent() == index.extent()
                && Substitution.of(exprs, index, maximum.index()).apply(x) == maximum.body();
    }

    /** The state of steps behind the bound of a sequence; 0 where that has no terms. */
    private Expr read(Running sequence, Steps steps) {
        return new Running(
                        ReduceOp.SUM,
                        sequence.index(),
                        sequence.product(),
                        sequence.outer(),
                        sequence.last(),
                        sequence.bound())
                .read(exprs, UnaryOperator.identity(), at -> entry(steps, steps.after(exprs, at)));
    }

    private Expr entry(Steps steps, Expr position) {
        return exprs.scan(steps, Affine.normal(exprs, position), List.of());
    }

    private Steps ties(RunningMaximum m) {
        Expr.Index step = exprs.freshIndex(m.count());
        Expr x = m.term(step);
        Expr before = before(m, step);
        Expr state = exprs.state(step, List.of());
        Expr next = exprs.select(
                exprs.compare(Comparison.GREATER, x, before),
                exprs.constant(1.0),
                exprs.select(
                        exprs.compare(Comparison.EQUAL, x, before),
                        exprs.binary(BinaryOp.ADD, state, exprs.constant(1.0)),
                        state));
        return steps(m.sequence().last(), step, next);
    }

    /** A term that displaces the greatest makes those one of the others. */
    private Steps others(RunningMaximum m) {
        Expr.Index step = exprs.freshIndex(m.count());
        Expr x = m.term(step);
        Expr before = before(m, step);
        Expr rises = exprs.compare(Comparison.GREATER, x, before);
        Expr distance = exprs.select(
                rises, exprs.binary(BinaryOp.SUBTRACT, before, x), exprs.binary(BinaryOp.SUBTRACT, x, before));
        Expr share = exprs.unary(UnaryOp.EXP, distance);
        Expr state = exprs.state(step, List.of());
        Steps ties = ties(m);
        Expr tied = exprs.scan(ties, ties.before(exprs, step), List.of());
        Expr next = exprs.select(
                rises,
                exprs.binary(BinaryOp.MULTIPLY, exprs.binary(BinaryOp.ADD, state, tied), share),
                exprs.select(
                        exprs.compare(Comparison.EQUAL, x, before), state, exprs.binary(BinaryOp.ADD, state, share)));
        return steps(m.sequence().last(), step, next);
    }

    /** The greatest of the terms that the steps before one have seen. */
    private Expr before(RunningMaximum m, Expr.Index step) {
        return m.before(Affine.of(exprs, step).orElseThrow());
    }

    private Steps steps(boolean descends, Expr.Index step, Expr next) {
        return exprs.steps(descends, step, List.of(), exprs.constant(0.0), next);
    }

    /**
     * The gradient at the term p: {@code Σ (k ≥ p ? g[k]·e^(x[p] − m[k]) : 0)} with the running maxima m, which is
     * {@code e^(x[p] − m[p])·Σ (k ≥ p ? g[k]·e^(m[p] − m[k]) : 0)}.
     */
    private Optional<Expr> decayed(Expr.Reduce sum) {
        if (!Extents.isKnown(sum.index().extent())) {
            return Optional.empty();
        }
        return Reordered.forms(exprs, sum).stream()
                .flatMap(f -> Running.candidate(exprs, f.value())
                        .flatMap(c -> Decay.of(exprs, c))
                        .map(d -> f.entries().isEmpty() ? sum(d) : inOrder(sum(d), f))
                        .stream())
                .findFirst();
    }

    private Expr sum(Decay decay) {
        Steps steps = steps(decay);
        return decay.sum()
                .read(
                        exprs,
                        UnaryOperator.identity(),
                        at -> exprs.binary(
                                BinaryOp.MULTIPLY,
                                exprs.unary(
                                        UnaryOp.EXP,
                                        exprs.binary(
                                                BinaryOp.SUBTRACT,
                                                Affine.normal(exprs, decay.x()),
                                                decay.maximum()
                                                        .at(decay.sum().bound().sum(exprs)))),
                                exprs.binary(
                                        BinaryOp.ADD,
                                        decay.weightAt(exprs, at),
                                        entry(steps, steps.before(exprs, at)))));
    }

    /** After each step the weights of all maxima so far, relative to the one that the next step adds to. */
    private Steps steps(Decay decay) {
        RunningMaximum m = decay.maximum();
        Expr.Index step = exprs.freshIndex(m.count());
        Expr greatest = m.at(step);
        Expr next = m.before(m.boundAt(step));
        Expr factor = exprs.select(
                exprs.compare(Comparison.EQUAL, next, greatest),
                exprs.constant(1.0), // of infinities, too
                exprs.unary(UnaryOp.EXP, exprs.binary(BinaryOp.SUBTRACT, next, greatest)));
        Expr weights = exprs.binary(BinaryOp.ADD, decay.weightAt(exprs, step), exprs.state(step, List.of()));
        return steps(!m.sequence().last(), step, exprs.binary(BinaryOp.MULTIPLY, weights, factor));
    }

    /** A value for each position of an order, as the entry of a scan, so that all are computed in their order. */
    private Expr inOrder(Expr value, Reordered form) {
        Map.Entry<Expr.Index, Expr> at = form.entries().entrySet().iterator().next();
        Steps each = exprs.steps(false, at.getKey(), List.of(), exprs.constant(0.0), value);
        return exprs.scan(each, exprs.binary(BinaryOp.ADD, at.getValue(), exprs.constant(1)), List.of());
    }

    /**
     * A sum of weighted exponentials relative to a running maximum.
     *
     * @param sum which of the maxima count, depending on the outer index
     * @param x the term that the exponentials are of
     * @param weight of the exponential, for each of the maxima
     */
    private record Decay(Running sum, RunningMaximum maximum, Expr x, Expr weight) {

        static Optional<Decay> of(Exprs exprs, Running sum) {
            return new Search(exprs, sum).decay();
        }

        Expr weightAt(Exprs exprs, Expr position) {
            return Affine.normal(
                    exprs, Substitution.of(exprs, sum.index(), position).apply(weight));
        }
    }

    /** Finds the exponential among the factors of a term. */
    private static final class Search {
        private final Exprs exprs;
        private final Running sum;
        private Optional<Expr.Binary> exponent = Optional.empty();

        Search(Exprs exprs, Running sum) {
            this.exprs = exprs;
            this.sum = sum;
        }

        Optional<Decay> decay() {
            Optional<Expr> weight = without(sum.term());
            return exponent.flatMap(difference -> weight.flatMap(w -> RunningMaximum.of(exprs, difference.right())
                    .filter(m -> isOf(m, difference.left()))
                    .map(m -> new Decay(sum, m, difference.left(), w))));
        }

        /** Whether x is the term that the first maximum which counts is the first to have. */
        private boolean isOf(RunningMaximum m, Expr x) {
            if (m.outer() != sum.index() || m.count() != sum.index().extent() || !m.isSteady()) {
                return false;
            }
            Expr position = sum.bound().plus(exprs, m.offset(), BinaryOp.ADD).sum(exprs);
            return m.sequence().last() != sum.last() && m.term(position) == Affine.normal(exprs, x);
        }

        /** The product without the exponential; empty if it has none, or another dependence on the outer index. */
        private Optional<Expr> without(Expr node) {
            if (node instanceof Expr.Unary u
                    && u.op() == UnaryOp.EXP
                    && u.operand() instanceof Expr.Binary difference
                    && difference.op() == BinaryOp.SUBTRACT
                    && isFree(difference.right(), sum.outer())
                    && isFree(difference.left(), sum.index())) {
                exponent = Optional.of(difference);
                return Optional.of(exprs.constant(1.0));
            }
            return switch (node) {
                case Expr.Unary u
                when u.op() == UnaryOp.NEGATE -> without(u.operand()).map(x -> exprs.unary(UnaryOp.NEGATE, x));
                case Expr.Binary b
                when b.op() == BinaryOp.MULTIPLY && isFree(b.right(), sum.outer()) ->
                    without(b.left()).map(x -> times(x, b.right()));
                case Expr.Binary b
                when b.op() == BinaryOp.MULTIPLY && isFree(b.left(), sum.outer()) ->
                    without(b.right()).map(x -> times(x, b.left()));
                case Expr.Binary b
                when b.op() == BinaryOp.DIVIDE && isFree(b.right(), sum.outer()) ->
                    without(b.left()).map(x -> exprs.binary(BinaryOp.DIVIDE, x, b.right()));
                case Expr.Select s
                when Running.isConstant(s.whenFalse(), 0) && isFree(s.condition(), sum.outer()) ->
                    without(s.whenTrue()).map(x -> exprs.select(s.condition(), x, s.whenFalse()));
                default -> Optional.empty();
            };
        }

        private Expr times(Expr x, Expr factor) {
            return Running.isConstant(x, 1) ? factor : exprs.binary(BinaryOp.MULTIPLY, x, factor);
        }

        private boolean isFree(Expr node, Expr.Index index) {
            return !exprs.freeIndices(node).contains(index);
        }
    }
}
