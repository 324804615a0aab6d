package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.States;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cotangents that a scan passes to its body and its start.
 *
 * <p>The cotangent of a state comes from its readers and from the next step: {@code a(i) = read(i) + a(i + 1) ·
 * ∂next(i) / ∂state}. The cotangents are therefore a scan in the other direction, whose state is the cotangent passed
 * on. A state with cotangent 0 passes on nothing, even if its slope is infinite. Examples are a step after the last one
 * that is read, and an entry without weight because it is −∞.
 */
final class ScanCotangents {

    /** The first position of states among inputs: above those of real inputs and below those of tables. */
    private static final int POSITION = 500_000;

    private final Exprs exprs;
    private final Cotangents cts;
    private final Set<Expr.Index> fixed;
    private final boolean fromTheRight;
    private final ReverseMode mode;

    ScanCotangents(Exprs exprs, Cotangents cts, Set<Expr.Index> fixed, boolean fromTheRight, ReverseMode mode) {
        this.exprs = exprs;
        this.cts = cts;
        this.fixed = fixed;
        this.fromTheRight = fromTheRight;
        this.mode = mode;
    }

    /** @param reads the reads of states, with their cotangents */
    void propagate(Steps steps, Map<Expr.Scan, Expr> reads) {
        if (reads.isEmpty()) {
            return;
        }
        Expr after = steps.after(exprs, steps.index());
        Expr read = received(steps, reads, after);
        Optional<Steps> adjoint = adjoint(steps, read);
        Set<Expr.Index> domain = new LinkedHashSet<>(steps.freeIndices(exprs));
        domain.addAll(steps.axes());
        Expr first = steps.first(exprs);
        mode.receive(steps.start(), total(steps, received(steps, reads, first), adjoint, first), domain);
        domain.add(steps.index());
        mode.receive(
                States.replaced(exprs, steps.next(), steps.index(), e -> States.constant(exprs, before(steps, e))),
                total(steps, read, adjoint, after),
                domain);
    }

    private Expr total(Steps steps, Expr read, Optional<Steps> adjoint, Expr position) {
        return adjoint.map(a -> masked(cts.plus(read, exprs.scan(a, position, List.copyOf(steps.axes())))))
                .orElse(read);
    }

    /**
     * The scan, from the last step to the first, of the cotangent that each step passes to the state before it; empty
     * if there is none.
     */
    private Optional<Steps> adjoint(Steps steps, Expr read) {
        Input leaf = Input.of(
                POSITION + steps.index().number(),
                "state",
                Role.PREDICTION,
                Type.FLOAT,
                1 + steps.axes().size());
        Expr next = States.replaced(exprs, steps.next(), steps.index(), e -> exprs.load(leaf, at(steps, e)));
        List<Expr> entry = List.copyOf(steps.axes());
        Expr later = exprs.state(steps.index(), entry);
        Set<Expr.Index> held = new LinkedHashSet<>(fixed);
        held.addAll(steps.freeIndices(exprs));
        held.add(steps.index());
        Set<Expr.Index> domain = new LinkedHashSet<>(steps.axes());
        domain.add(steps.index());
        List<Contribution> contributions = ReverseMode.ofValue(
                exprs, next, masked(cts.plus(read, later)), domain, held, leaf::equals, fromTheRight);
        Positions positions = new Positions(exprs, cts, held);
        List<Expr.Index> fresh =
                steps.axes().stream().map(a -> exprs.freshIndex(a.extent())).toList();
        Expr handed = exprs.constant(0.0);
        for (Contribution c : contributions) {
            handed = cts.plus(handed, positions.sumAt(c.indices(), c.value(), at(steps, List.copyOf(fresh))));
        }
        if (Cotangents.isZero(handed)) {
            return Optional.empty();
        }
        Expr body = States.loaded(exprs, handed, leaf, indices -> before(steps, indices.subList(1, indices.size())));
        return Optional.of(exprs.steps(!steps.descends(), steps.index(), fresh, exprs.constant(0.0), body));
    }

    private static List<Expr> at(Steps steps, List<Expr> entry) {
        List<Expr> at = new ArrayList<>(List.of(steps.index()));
        at.addAll(entry);
        return at;
    }

    private Expr before(Steps steps, List<Expr> entry) {
        return exprs.scan(steps, steps.before(exprs, steps.index()), entry);
    }

    /** The cotangent that the state at a position gets from all its readers. */
    private Expr received(Steps steps, Map<Expr.Scan, Expr> reads, Expr position) {
        Set<Expr.Index> held = new LinkedHashSet<>(fixed);
        held.addAll(steps.freeIndices(exprs));
        List<Expr> target = new ArrayList<>(List.of(position));
        target.addAll(steps.axes());
        Positions positions = new Positions(exprs, cts, held);
        Expr sum = exprs.constant(0.0);
        for (Map.Entry<Expr.Scan, Expr> read : reads.entrySet().stream()
                .sorted((a, b) -> Integer.compare(exprs.order(a.getKey()), exprs.order(b.getKey())))
                .toList()) {
            List<Expr> indices = new ArrayList<>(List.of(read.getKey().position()));
            indices.addAll(read.getKey().entry());
            sum = cts.plus(sum, positions.sumAt(indices, read.getValue(), target));
        }
        return sum;
    }

    private Expr masked(Expr ct) {
        return Cotangents.isZero(ct) ? ct : cts.whereNot(cts.compare(Comparison.EQUAL, ct, exprs.constant(0.0)), ct);
    }
}
