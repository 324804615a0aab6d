package dev.lossforge.processor.ir;

/** What is known about numbers of rounds before the data. */
public final class Extents {
    private Extents() {}

    /** Whether an extent depends only on those of inputs, so that it is the same for all units of a call. */
    public static boolean isKnown(Expr extent) {
        return switch (extent) {
            case Expr.Extent e -> true;
            case Expr.IntConstant c -> true;
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT, MULTIPLY, MAX, MIN -> isKnown(b.left()) && isKnown(b.right());
                    case DIVIDE -> isKnown(b.left()) && b.right() instanceof Expr.IntConstant c && c.value() > 0;
                    default -> false;
                };
            default -> false;
        };
    }
}
