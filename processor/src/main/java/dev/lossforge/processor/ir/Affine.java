package dev.lossforge.processor.ir;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** An INT expression as a sum of multiples of indices and a rest without indices. */
public record Affine(Map<Expr.Index, Integer> counts, Expr rest) {

    public static Optional<Affine> of(Exprs exprs, Expr node) {
        if (exprs.freeIndices(node).isEmpty()) {
            return Optional.of(new Affine(Map.of(), node));
        }
        return switch (node) {
            case Expr.Index i -> Optional.of(new Affine(one(i), exprs.constant(0)));
            case Expr.Binary b
            when b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT ->
                of(exprs, b.left()).flatMap(l -> of(exprs, b.right()).map(r -> l.plus(exprs, r, b.op())));
            case Expr.Unary u
            when u.op() == UnaryOp.NEGATE -> of(exprs, u.operand()).map(x -> x.negated(exprs));
            default -> Optional.empty();
        };
    }

    /** The same value with each position as a sum in one order, so that equal positions are identical. */
    public static Expr normal(Exprs exprs, Expr node) {
        return normal(exprs, node, new IdentityHashMap<>());
    }

    private static Expr normal(Exprs exprs, Expr node, Map<Expr, Expr> done) {
        if (exprs.freeIndices(node).isEmpty() || node instanceof Expr.Index) {
            return node;
        }
        Expr known = done.get(node);
        if (known == null) {
            known = (node.type() == Type.INT ? of(exprs, node) : Optional.<Affine>empty())
                    .map(a -> a.sum(exprs))
                    .orElseGet(() -> Rebuild.with(exprs, node, n -> normal(exprs, n, done)));
            done.put(node, known);
        }
        return known;
    }

    private static Map<Expr.Index, Integer> one(Expr.Index index) {
        Map<Expr.Index, Integer> counts = new IdentityHashMap<>();
        counts.put(index, 1);
        return counts;
    }

    /** The sum with another, or the difference. */
    public Affine plus(Exprs exprs, Affine other, BinaryOp op) {
        Map<Expr.Index, Integer> sum = new IdentityHashMap<>(counts);
        other.counts.forEach((i, n) -> sum.merge(i, op == BinaryOp.ADD ? n : -n, Integer::sum));
        sum.values().removeIf(n -> n == 0);
        return new Affine(sum, IndexArithmetic.combine(exprs, op, rest, other.rest));
    }

    /** The factor of an index. */
    public int count(Expr.Index index) {
        return counts.getOrDefault(index, 0);
    }

    public Affine minusOne(Exprs exprs) {
        return new Affine(counts, IndexArithmetic.combine(exprs, BinaryOp.SUBTRACT, rest, exprs.constant(1)));
    }

    public Affine plusOne(Exprs exprs) {
        return new Affine(counts, IndexArithmetic.combine(exprs, BinaryOp.ADD, rest, exprs.constant(1)));
    }

    public Affine negated(Exprs exprs) {
        return new Affine(Map.of(), exprs.constant(0)).plus(exprs, this, BinaryOp.SUBTRACT);
    }

    /** The expression without the term of an index. */
    public Affine withoutIndex(Expr.Index index) {
        Map<Expr.Index, Integer> others = new IdentityHashMap<>(counts);
        others.remove(index);
        return new Affine(others, rest);
    }

    /** The index of which this is the position whatever its value is, counted from the first or from the last one. */
    public Optional<Expr.Index> positionOf(Exprs exprs) {
        if (counts.size() != 1) {
            return Optional.empty();
        }
        Expr.Index index = counts.keySet().iterator().next();
        boolean fromFirst = count(index) == 1 && rest == exprs.constant(0);
        boolean fromLast = count(index) == -1
                && rest == IndexArithmetic.combine(exprs, BinaryOp.SUBTRACT, index.extent(), exprs.constant(1));
        return fromFirst || fromLast ? Optional.of(index) : Optional.empty();
    }

    /** The expression. */
    public Expr sum(Exprs exprs) {
        Expr sum = rest;
        for (Expr.Index index : counts.keySet().stream()
                .sorted(Comparator.comparingInt(exprs::order))
                .toList()) {
            sum = plus(exprs, sum, index, count(index));
        }
        return sum;
    }

    private static Expr plus(Exprs exprs, Expr sum, Expr.Index index, int count) {
        Expr times =
                Math.abs(count) == 1 ? index : exprs.binary(BinaryOp.MULTIPLY, exprs.constant(Math.abs(count)), index);
        boolean nothing = sum instanceof Expr.IntConstant c && c.value() == 0;
        return nothing && count > 0 ? times : exprs.binary(count > 0 ? BinaryOp.ADD : BinaryOp.SUBTRACT, sum, times);
    }
}
