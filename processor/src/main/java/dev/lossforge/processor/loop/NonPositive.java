package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which values of a kernel are never positive: one less the greatest of its kind, as in the exponentials of a softmax,
 * and the negative of what cannot be negative, as in those of a Gaussian. NaN may be among them.
 */
public final class NonPositive {
    /** Values are compared, and signs sought, so many operations deep. */
    private static final int DEPTH = 8;

    private final Map<String, Expr> definitions = new HashMap<>();
    /** Of each maximum, the values it is the greatest of. */
    private final Map<String, List<Expr>> taken = new HashMap<>();

    private NonPositive() {}

    public static NonPositive of(List<Statement> statements) {
        NonPositive signs = new NonPositive();
        Map<String, List<Expr>> accumulated = new HashMap<>();
        Statements.forEach(statements, s -> {
            if (s instanceof Statement.Define d) {
                signs.definitions.put(d.local().name(), d.value());
            } else if (s instanceof Statement.Accumulate a && a.op() == ReduceOp.MAX) {
                accumulated
                        .computeIfAbsent(a.accumulator().name(), name -> new ArrayList<>())
                        .add(a.value());
            } else if (s instanceof Statement.Finish f && f.op() == ReduceOp.MAX) {
                signs.taken.put(
                        f.result().name(),
                        accumulated.getOrDefault(f.accumulator().name(), List.of()));
            }
        });
        return signs;
    }

    /** True only if a value is ≤ 0 or NaN for all inputs. */
    public boolean holds(Expr value) {
        if (resolved(value) instanceof Expr.Binary b && b.op() == BinaryOp.SUBTRACT) {
            return isGreatest(b.right(), b.left());
        }
        List<Expr> open = new ArrayList<>();
        return isNegated(value, open, DEPTH) && open.isEmpty();
    }

    /**
     * Whether an odd number of the factors and divisors of a value are negative, as far as their signs are known.
     *
     * @param open those whose signs are not known, but for pairs of equal ones
     */
    private boolean isNegated(Expr value, List<Expr> open, int depth) {
        Expr node = resolved(value);
        if (node instanceof Expr.Unary u && u.op() == UnaryOp.NEGATE) {
            return !isNegated(u.operand(), open, depth - 1);
        }
        if (node instanceof Expr.Constant c) {
            return c.value() < 0;
        }
        if (isNonNegative(node, depth)) {
            return false;
        }
        if (depth > 0 && node instanceof Expr.Binary b && (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE)) {
            return isNegated(b.left(), open, depth - 1) ^ isNegated(b.right(), open, depth - 1);
        }
        Optional<Expr> equal =
                open.stream().filter(other -> isSame(other, node, DEPTH)).findFirst();
        equal.ifPresentOrElse(open::remove, () -> open.add(node));
        return false;
    }

    private boolean isNonNegative(Expr value, int depth) {
        Expr node = resolved(value);
        return depth > 0
                && (NonNegative.byConstruction(node)
                        || node instanceof Expr.Binary b
                                && switch (b.op()) {
                                    case ADD, MULTIPLY, DIVIDE, MIN ->
                                        isNonNegative(b.left(), depth - 1) && isNonNegative(b.right(), depth - 1);
                                    case MAX ->
                                        isNonNegative(b.left(), depth - 1) || isNonNegative(b.right(), depth - 1);
                                    default -> false;
                                });
    }

    /** Whether the first is the greatest of values of which the second is one. */
    private boolean isGreatest(Expr maximum, Expr value) {
        return resolved(maximum) instanceof Expr.Local local
                && taken.getOrDefault(local.name(), List.of()).stream().anyMatch(one -> isSame(one, value, DEPTH));
    }

    private boolean isSame(Expr x, Expr y, int depth) {
        Expr a = resolved(x);
        Expr b = resolved(y);
        if (a == b) {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        return switch (a) {
            case Expr.Unary u ->
                b instanceof Expr.Unary v && u.op() == v.op() && isSame(u.operand(), v.operand(), depth - 1);
            case Expr.Binary u ->
                b instanceof Expr.Binary v
                        && u.op() == v.op()
                        && isSame(u.left(), v.left(), depth - 1)
                        && isSame(u.right(), v.right(), depth - 1);
            case Expr.Load u -> u.equals(b);
            case Expr.Local u -> u.equals(b);
            case Expr.Constant u -> u.equals(b);
            default -> false;
        };
    }

    private Expr resolved(Expr value) {
        Expr node = value;
        while (node instanceof Expr.Local local && definitions.containsKey(local.name())) {
            node = definitions.get(local.name());
        }
        return node;
    }
}
