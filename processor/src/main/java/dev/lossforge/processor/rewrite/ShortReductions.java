package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes out reductions of a few values beside other loops: {@code Σ} of f(k) for k below 3 becomes {@code f(0) + f(1)
 * + f(2)}. A loop of three rounds within a loop over the columns of a row would keep these from being lanes. What
 * differs from value to value, as in {@code k == 0 ? x : y}, is decided.
 *
 * <p>Comes after the derivatives, whose text says Σ, and after {@link LogSumExpExpansion}, which leaves sums and
 * maxima. A loop that is the only one stays: its values are lanes, or its rounds are few.
 */
final class ShortReductions {
    private static final int MAX_VALUES = 8;

    /** Of all values together, that differ from value to value. */
    private static final int MAX_OPERATIONS = 120;

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "short-reduction",
                    "Σ of f(k), k < 3",
                    "f(0) + f(1) + f(2)",
                    REASSOCIATES,
                    ShortReductions::writtenOut),
            new Rule("known-position", "1 = (c ? 1 : 0)", "c", EXACT, ShortReductions::isPosition));

    private ShortReductions() {}

    static Derivatives rewrite(Derivatives derivatives) {
        if (!ExprNodes.anyMatch(derivatives.expressions(), n -> n instanceof Expr.Index i && isShort(i))) {
            return derivatives;
        }
        Exprs exprs = derivatives.formula().exprs();
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.addAll(RULES);
        return DerivativesRewriter.rewrite(
                new Derivatives(
                        derivatives.formula(),
                        writtenOut(derivatives.gradient(), exprs),
                        writtenOut(derivatives.hessian(), exprs)),
                rules);
    }

    private static boolean isShort(Expr.Index index) {
        return index.extent() instanceof Expr.IntConstant n && n.value() > 0 && n.value() <= MAX_VALUES;
    }

    private static List<Expr> values(Expr node, Expr.Index index, Exprs e) {
        int count = ((Expr.IntConstant) index.extent()).value();
        return IntStream.range(0, count)
                .mapToObj(k -> Substitution.of(e, index, e.constant(k)).apply(node))
                .toList();
    }

    private static @Nullable Expr writtenOut(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce r)
                || !isShort(r.index())
                || !isBesideLoop(r, e)
                || !isSmall(List.of(r.body()), r.index(), e)) {
            return null;
        }
        List<Expr> values = values(r.body(), r.index(), e);
        return switch (r.op()) {
            case SUM -> joined(BinaryOp.ADD, values, e);
            case PRODUCT -> joined(BinaryOp.MULTIPLY, values, e);
            case MAX -> joined(BinaryOp.MAX, values, e);
            case MIN -> joined(BinaryOp.MIN, values, e);
            case ARG_MAX -> firstBest(Comparison.LESS_OR_EQUAL, values, e);
            case ARG_MIN -> firstBest(Comparison.GREATER_OR_EQUAL, values, e);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> null;
        };
    }

    private static Expr joined(BinaryOp op, List<Expr> values, Exprs e) {
        return values.stream().reduce((x, y) -> e.binary(op, x, y)).orElseThrow();
    }

    /** The first position of the best value; NaN beats all numbers. */
    private static Expr firstBest(Comparison noBetter, List<Expr> values, Exprs e) {
        Expr best = values.getFirst();
        Expr position = e.constant(0);
        for (int k = 1; k < values.size(); k++) {
            Expr value = values.get(k);
            Expr isNumber = e.compare(Comparison.EQUAL, best, best);
            Expr beats = e.unary(UnaryOp.NOT, e.compare(noBetter, value, best));
            beats = value.type() == Type.FLOAT ? e.binary(BinaryOp.AND, isNumber, beats) : beats;
            best = e.select(beats, value, best);
            position = e.select(beats, e.constant(k), position);
        }
        return position;
    }

    /** Whether a choice among positions is a certain one. */
    private static @Nullable Expr isPosition(Expr node, Exprs e) {
        if (!(node instanceof Expr.Compare c)
                || c.op() != Comparison.EQUAL
                || !(c.left() instanceof Expr.IntConstant asked)
                || !(c.right() instanceof Expr.Select s)
                || !(s.whenTrue() instanceof Expr.IntConstant known)) {
            return null;
        }
        Expr other = e.compare(Comparison.EQUAL, asked, s.whenFalse());
        return asked.value() == known.value()
                ? e.binary(BinaryOp.OR, s.condition(), other)
                : e.binary(BinaryOp.AND, e.unary(UnaryOp.NOT, s.condition()), other);
    }

    /** Whether a reduction is in a loop, or has one in it, or counts only. */
    private static boolean isBesideLoop(Expr.Reduce reduce, Exprs e) {
        return !e.freeIndices(reduce).isEmpty()
                || varying(List.of(reduce.body()), reduce.index(), e).noneMatch(n -> n instanceof Expr.Load)
                || ExprNodes.anyMatch(reduce.body(), n -> n instanceof Expr.Reduce);
    }

    private static boolean isSmall(List<Expr> nodes, Expr.Index index, Exprs e) {
        List<Expr> varying = varying(nodes, index, e).toList();
        int count = ((Expr.IntConstant) index.extent()).value();
        return varying.size() * count <= MAX_OPERATIONS && varying.stream().noneMatch(ShortReductions::isOfSteps);
    }

    /** States are kept by the steps that make them, of which entries are loops. */
    private static boolean isOfSteps(Expr node) {
        return node instanceof Expr.State || node instanceof Expr.Scan || node instanceof Expr.Order;
    }

    private static Stream<Expr> varying(List<Expr> nodes, Expr.Index index, Exprs e) {
        return ExprNodes.of(nodes).stream()
                .filter(n -> n != index && e.freeIndices(n).contains(index));
    }

    /** A contribution to other entries for each value of an index is several contributions. */
    private static List<Contribution> writtenOut(List<Contribution> contributions, Exprs e) {
        Set<Input> byColumns = contributions.stream().map(Contribution::input).collect(Collectors.toSet());
        contributions.stream()
                .filter(c -> !isToFewColumns(c))
                .map(Contribution::input)
                .forEach(byColumns::remove);
        return contributions.stream()
                .flatMap(c -> writtenOut(c, byColumns.contains(c.input()), e))
                .toList();
    }

    private static boolean isToFewColumns(Contribution contribution) {
        return !contribution.indices().isEmpty()
                && (contribution.indices().getLast() instanceof Expr.IntConstant
                        || contribution.indices().getLast() instanceof Expr.Index i && isShort(i));
    }

    private static Stream<Contribution> writtenOut(Contribution contribution, boolean byColumns, Exprs e) {
        List<Expr> all = new ArrayList<>(contribution.indices());
        all.add(contribution.value());
        Set<Expr.Index> open = all.stream()
                .flatMap(n -> e.freeIndices(n).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean hasLoop = open.size() > 1 || ExprNodes.anyMatch(contribution.value(), n -> n instanceof Expr.Reduce);
        Optional<Expr.Index> index = open.stream()
                .filter(i -> isShort(i) && isSmall(all, i, e) && !isInWindow(contribution, i, e))
                .filter(i -> !contribution.indices().contains(i) || byColumns && hasLoop)
                .findFirst();
        if (index.isEmpty()) {
            return Stream.of(contribution);
        }
        List<List<Expr>> indices = contribution.indices().stream()
                .map(i -> values(i, index.get(), e))
                .toList();
        List<Expr> values = values(contribution.value(), index.get(), e);
        return IntStream.range(0, values.size())
                .mapToObj(k -> new Contribution(
                        contribution.input(),
                        indices.stream().map(i -> i.get(k)).toList(),
                        values.get(k)))
                .flatMap(c -> writtenOut(c, byColumns, e));
    }

    /** Entries of windows, as {@code p[i + k]}, would have their window computed anew for each k. */
    private static boolean isInWindow(Contribution contribution, Expr.Index index, Exprs e) {
        return contribution.indices().stream()
                .anyMatch(i -> i != index && e.freeIndices(i).contains(index));
    }
}
