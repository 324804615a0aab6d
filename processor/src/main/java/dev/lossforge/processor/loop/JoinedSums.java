package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins matrix products that are added and share a factor: {@code Σₖ a(i, k) · x(k, j) + Σₖ b(k, i) · x(k, j)} is one
 * product with {@code a(i, k) + b(k, i)}. The cosine of two rows of one matrix has such a gradient.
 */
final class JoinedSums {
    private final Exprs exprs;
    private final Map<Expr, Integer> readers = new IdentityHashMap<>();
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    /** @param roots all expressions of a program */
    JoinedSums(Exprs exprs, List<Expr> roots) {
        this.exprs = exprs;
        ExprNodes.of(roots).forEach(node -> Exprs.operands(node).forEach(o -> readers.merge(o, 1, Integer::sum)));
    }

    Expr apply(Expr node) {
        Expr known = done.get(node);
        if (known == null) {
            known = rewrite(node);
            done.put(node, known);
        }
        return known;
    }

    private Expr rewrite(Expr node) {
        if (node instanceof Expr.Scan) {
            return node; // its steps have other readers
        }
        Expr joined = node instanceof Expr.Binary b && b.op() == BinaryOp.ADD ? joined(b) : node;
        return joined == node ? Rebuild.with(exprs, node, this::apply) : apply(joined);
    }

    /** The sum, with its last term joined to the first of the others that it can be joined with. */
    private Expr joined(Expr.Binary sum) {
        List<Expr> terms = new ArrayList<>();
        Expr rest = sum.left();
        while (rest instanceof Expr.Binary b && b.op() == BinaryOp.ADD) {
            terms.addFirst(b.right());
            rest = b.left();
        }
        terms.addFirst(rest);
        for (int i = 0; i < terms.size(); i++) {
            Optional<Expr> both = join(terms.get(i), sum.right());
            if (both.isPresent()) {
                terms.set(i, both.get());
                return terms.stream()
                        .reduce((a, b) -> exprs.binary(BinaryOp.ADD, a, b))
                        .orElseThrow();
            }
        }
        return sum;
    }

    private Optional<Expr> join(Expr first, Expr second) {
        boolean alike = first instanceof Expr.Reduce a
                && second instanceof Expr.Reduce b
                && isAlone(a)
                && isAlone(b)
                && a.index().extent() == b.index().extent()
                && exprs.freeIndices(a).size() == 2
                && exprs.freeIndices(a).equals(exprs.freeIndices(b));
        return alike ? join((Expr.Reduce) first, (Expr.Reduce) second) : Optional.empty();
    }

    /** Whether a reduction is a sum that nothing else needs. */
    private boolean isAlone(Expr.Reduce reduce) {
        return reduce.op() == ReduceOp.SUM && readers.getOrDefault(reduce, 1) == 1;
    }

    private Optional<Expr> join(Expr.Reduce a, Expr.Reduce b) {
        List<Expr.Index> points = List.copyOf(exprs.freeIndices(a));
        Expr other = Substitution.of(exprs, b.index(), a.index()).apply(b.body());
        Expr terms = exprs.binary(BinaryOp.ADD, a.body(), other);
        return isProduct(terms, points.get(0), points.get(1), a.index())
                        || isProduct(terms, points.get(1), points.get(0), a.index())
                ? Optional.of(exprs.reduce(ReduceOp.SUM, a.index(), terms))
                : Optional.empty();
    }

    private boolean isProduct(Expr terms, Expr.Index row, Expr.Index column, Expr.Index inner) {
        return MatrixProduct.of(exprs, terms, row, column, inner).isPresent();
    }
}
