package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.States;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Differentiates a formula with respect to its predictions, weights and trainable parameters. No node kind appears or
 * disappears; the result is a sum of {@link Contribution}s per input.
 */
public final class ReverseMode {

    private final Exprs exprs;
    private final Cotangents cts;
    private final CotangentRules rules;
    private final Set<Expr.Index> fixed;
    private final Predicate<Expr> active;
    private final Predicate<Input> wanted;
    private final Map<Expr, Expr> cotangents = new IdentityHashMap<>();
    private final List<Contribution> contributions = new ArrayList<>();
    private final Set<Expr> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private final PriorityQueue<Expr> pending;
    private final Map<Steps, Integer> openReads = new IdentityHashMap<>();
    private final Map<Steps, Map<Expr.Scan, Expr>> reads = new IdentityHashMap<>();
    private final ScanCotangents scans;

    private ReverseMode(Exprs exprs, Set<Expr.Index> fixed, Predicate<Input> wanted, boolean fromTheRight) {
        this.exprs = exprs;
        this.fixed = fixed;
        this.wanted = wanted;
        this.cts = new Cotangents(exprs);
        this.active = new Activity(wanted)::isActive;
        this.rules = new CotangentRules(exprs, cts, active, fromTheRight);
        this.pending = new PriorityQueue<>(Comparator.comparingInt(exprs::order).reversed());
        this.scans = new ScanCotangents(exprs, cts, fixed, fromTheRight, this);
    }

    /** The formula with its gradient, and with its diagonal Hessian if requested. */
    public static Derivatives differentiate(Formula formula) {
        List<Contribution> gradient = gradient(formula, false);
        List<Contribution> hessian =
                formula.diagonalHessian() ? DiagonalHessian.of(formula, gradient(formula, true)) : List.of();
        return new Derivatives(formula, States.unmarked(formula.exprs(), gradient), hessian);
    }

    private static List<Contribution> gradient(Formula formula, boolean fromTheRight) {
        Exprs exprs = formula.exprs();
        return run(new ReverseMode(exprs, Set.of(), Input::differentiated, fromTheRight), formula.value());
    }

    /**
     * The gradient of an entry of a gradient with respect to the inputs that {@code wanted} picks. The entry's own free
     * indices, if any, are held fixed.
     */
    static List<Contribution> ofEntry(Exprs exprs, Expr entry, Predicate<Input> wanted) {
        return run(new ReverseMode(exprs, exprs.freeIndices(entry), wanted, true), entry);
    }

    private static List<Contribution> run(ReverseMode mode, Expr value) {
        mode.run(value);
        return List.copyOf(mode.contributions);
    }

    /**
     * The contributions of a value to the inputs that {@code wanted} picks.
     *
     * @param ct the cotangent of the value, for each value of the indices in {@code domain}
     * @param fixed indices that are not summed over
     */
    static List<Contribution> ofValue(
            Exprs exprs,
            Expr value,
            Expr ct,
            Set<Expr.Index> domain,
            Set<Expr.Index> fixed,
            Predicate<Input> wanted,
            boolean fromTheRight) {
        ReverseMode mode = new ReverseMode(exprs, fixed, wanted, fromTheRight);
        mode.hand(value, ct, domain);
        mode.propagateAll(value);
        return List.copyOf(mode.contributions);
    }

    private void run(Expr value) {
        cotangents.put(value, exprs.constant(1.0));
        propagateAll(value);
    }

    private void propagateAll(Expr value) {
        meet(value);
        Twins twins = new Twins(exprs, met);
        while (!pending.isEmpty()) {
            Expr node = pending.poll();
            if (!isLeftToTwin(node, twins)) {
                propagate(node);
            }
            if (node instanceof Expr.Scan s && openReads.merge(s.steps(), -1, Integer::sum) == 0) {
                scans.propagate(s.steps(), reads.getOrDefault(s.steps(), Map.of()));
            }
        }
    }

    /** Adds a value's cotangent to that of its twin, whose turn comes later. */
    private boolean isLeftToTwin(Expr node, Twins twins) {
        Expr ct = cotangents.get(node);
        if (ct == null || Cotangents.isZero(ct) || !fixed.isEmpty()) {
            return false;
        }
        Optional<Twins.Twin> twin = twins.later(node, met);
        twin.ifPresent(t -> cotangents.merge(t.node(), t.renaming().apply(ct), cts::plus));
        return twin.isPresent();
    }

    /** Registers everything that a value depends on, so that it is propagated when its turn comes. */
    private void meet(Expr value) {
        List<Expr> open = new ArrayList<>(List.of(value));
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (node.type() == Type.FLOAT && active.test(node) && met.add(node)) {
                pending.add(node);
                open.addAll(Exprs.operands(node));
                if (node instanceof Expr.Scan s) {
                    openReads.merge(s.steps(), 1, Integer::sum);
                }
            }
        }
    }

    /** Adds a cotangent to a value that was created in the meantime. */
    void receive(Expr value, Expr ct, Set<Expr.Index> domain) {
        hand(value, ct, domain);
        meet(value);
    }

    private void propagate(Expr node) {
        Expr ct = cotangents.get(node);
        if (ct == null || Cotangents.isZero(ct)) {
            return;
        }
        Optional<Expr> form = exprs.differentiatedAs(node);
        if (form.isPresent()) {
            receive(form.get(), ct, exprs.freeIndices(node));
            return;
        }
        switch (node) {
            case Expr.Load l -> contribute(l, ct);
            case Expr.Unary u -> hand(u.operand(), rules.unary(u, ct), exprs.freeIndices(u));
            case Expr.Binary b -> handAll(b, List.of(b.left(), b.right()), rules.binary(b, ct));
            case Expr.Select s -> handAll(s, List.of(s.whenTrue(), s.whenFalse()), rules.select(s, ct));
            case Expr.Reduce r -> {
                Set<Expr.Index> domain = new LinkedHashSet<>(exprs.freeIndices(r));
                domain.add(r.index());
                domain.addAll(exprs.freeIndices(r.index()));
                hand(r.body(), rules.reduce(r, ct), domain);
            }
            case Expr.Scan s ->
                reads.computeIfAbsent(s.steps(), steps -> new IdentityHashMap<>())
                        .put(s, ct);
            case Expr.State s -> throw new IllegalArgumentException("a state outside of its scan");
            case Expr.Constant c -> {}
            case Expr.IntConstant c -> {}
            case Expr.BooleanConstant c -> {}
            case Expr.Extent e -> {}
            case Expr.Index i -> {}
            case Expr.Compare c -> {}
            case Expr.Order o -> {}
            case Expr.Local l -> throw new IllegalArgumentException("a local before lowering: " + l.name());
        }
    }

    private void handAll(Expr node, List<Expr> operands, List<Expr> cotangentsOfOperands) {
        for (int i = 0; i < operands.size(); i++) {
            hand(operands.get(i), cotangentsOfOperands.get(i), exprs.freeIndices(node));
        }
    }

    /** Adds to an operand's cotangent the given one, for each value of the indices in {@code domain}. */
    private void hand(Expr operand, Expr ct, Set<Expr.Index> domain) {
        if (!active.test(operand) || Cotangents.isZero(ct)) {
            return;
        }
        List<Expr.Index> outer = outer(domain, operand);
        if (operand instanceof Expr.Load load && load.indices().size() > 1 && !outer.isEmpty()) {
            contribute(load, scaleByUnused(ct, outer));
            return;
        }
        Expr total = ct;
        for (Expr.Index index : outer) {
            total = cts.sumOver(index, total);
        }
        Expr known = cotangents.get(operand);
        cotangents.put(operand, known == null ? total : cts.plus(known, total));
    }

    /**
     * The indices of the domain on which the operand does not depend. Inner ones, which have lower numbers and may
     * depend on others, come first, so sums run in the order of the formula.
     */
    private List<Expr.Index> outer(Set<Expr.Index> domain, Expr operand) {
        return domain.stream()
                .filter(i -> !exprs.freeIndices(operand).contains(i) && !fixed.contains(i))
                .sorted(Comparator.comparingInt(Expr.Index::number))
                .toList();
    }

    /**
     * The cotangent of a matrix entry is not summed here, but contributed for every value of the indices. A loop over
     * the matrix's columns can then stay innermost. An index that the cotangent does not mention multiplies it by the
     * number of contributions.
     */
    private Expr scaleByUnused(Expr ct, List<Expr.Index> indices) {
        Expr scaled = ct;
        for (Expr.Index index : indices) {
            if (!exprs.freeIndices(scaled).contains(index)) {
                scaled = cts.timesExtent(index, scaled);
            }
        }
        return scaled;
    }

    private void contribute(Expr.Load load, Expr ct) {
        if (wanted.test(load.input()) && !Cotangents.isZero(ct)) {
            contributions.add(new Contribution(load.input(), load.indices(), ct));
        }
    }
}
