package dev.lossforge.processor.ir;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of keys: equal keys keep their order, −0 equals 0, and NaN comes last. */
public final class Orders {
    private Orders() {}

    /** The positions of the keys in ascending order of the keys. */
    public static int[] argSort(double[] keys) {
        double[] unsigned = Arrays.stream(keys).map(x -> x + 0.0).toArray(); // −0 becomes 0
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> unsigned[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The inverse of a permutation. */
    public static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    /** Whether a formula or one of its derivatives sorts anything. */
    public static boolean occurIn(Derivatives derivatives) {
        return ExprNodes.anyMatch(derivatives.expressions(), Expr.Order.class::isInstance);
    }

    /** Whether an entry is inside the permutation whatever the data: it is read at an index over all keys. */
    public static boolean isInside(Expr.Order order) {
        return isInside(order.at(), order.index().extent());
    }

    /** Whether a position is one of {@code 0 … count − 1} whatever the data. */
    private static boolean isInside(Expr at, Expr count) {
        return switch (at) {
            case Expr.Index i -> isAtMost(i.extent(), count);
            case Expr.Order o -> isAtMost(o.index().extent(), count) && isInside(o);
            default -> false;
        };
    }

    /** Whether an extent is at most a number: the number itself, or {@code k + 1} for an index k below it. */
    private static boolean isAtMost(Expr extent, Expr count) {
        return extent == count
                || switch (extent) {
                    case Expr.Index i -> isAtMost(i.extent(), count);
                    case Expr.Binary b ->
                        b.op() == BinaryOp.ADD && b.right() instanceof Expr.IntConstant c && c.value() <= 1
                                ? b.left() instanceof Expr.Index i && isAtMost(i.extent(), count)
                                : b.op() == BinaryOp.SUBTRACT
                                        && isAtMost(b.left(), count)
                                        && (b.right() instanceof Expr.Index
                                                || b.right() instanceof Expr.IntConstant c && c.value() >= 0);
                    default -> false;
                };
    }
}
