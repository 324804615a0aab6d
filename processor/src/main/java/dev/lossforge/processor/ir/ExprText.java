package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes an expression as mathematics: {@code log Σᵢ exp(logits[i]) − logits[label]} and the like, for Javadoc, dumps
 * and messages. Shared nodes are written wherever they occur, so a text can be exponentially longer than its
 * expression. An ellipsis replaces a text of more than {@value #MAX_OPERATIONS} operations.
 */
public final class ExprText {

    private static final String INDEX_NAMES = "ijklmnopqrst";

    private static final int MAX_OPERATIONS = 10_000;

    /** A text with more operations than this is not readable. */
    private static final int MAX_READABLE_OPERATIONS = 300;

    private ExprText() {}

    public static String of(Expr node) {
        return operations(node, new IdentityHashMap<>()) <= MAX_OPERATIONS ? write(node, 0) : "…";
    }

    /** The text, or an empty one if it would be too long to read. */
    public static String brief(Expr node) {
        return isBrief(node) ? of(node) : "";
    }

    /** Whether the text of an expression is short enough to be read. */
    public static boolean isBrief(Expr node) {
        return operations(node, new IdentityHashMap<>()) <= MAX_READABLE_OPERATIONS;
    }

    private static double operations(Expr node, Map<Expr, Double> known) {
        Double before = known.get(node);
        if (before != null) {
            return before;
        }
        double sum = 1;
        for (Expr operand : Exprs.operands(node)) {
            sum += operations(operand, known);
        }
        known.put(node, sum);
        return sum;
    }

    /**
     * The name of an index: i, j, k … from the innermost reduction outwards; of a lowered loop from the outermost
     * inwards.
     */
    public static String nameOf(Expr.Index index) {
        int loop = index.number() - Exprs.FIRST_LOOP_NUMBER;
        int open = index.number() - Exprs.FIRST_OPEN_NUMBER;
        int number = loop >= 0 ? loop : index.number() - 1;
        return number < INDEX_NAMES.length() && open < 0
                ? INDEX_NAMES.substring(number, number + 1)
                : "i" + index.number();
    }

    /** Binding strength: 0 nothing, 1 sum, 2 product, 3 unary, 4 atom. */
    private static String write(Expr node, int context) {
        return switch (node) {
            case Expr.Constant c -> number(c.value(), context);
            case Expr.IntConstant c -> parenthesise(Integer.toString(c.value()), c.value() < 0 ? 1 : 4, context);
            case Expr.BooleanConstant c -> Boolean.toString(c.value());
            case Expr.Extent e -> "|" + e.input().name() + "[]".repeat(e.axis()) + "|";
            case Expr.Index i -> nameOf(i);
            case Expr.Local l -> l.name();
            case Expr.Load l -> load(l);
            case Expr.Unary u -> unary(u, context);
            case Expr.Binary b -> binary(b, context);
            case Expr.Compare c ->
                parenthesise(write(c.left(), 1) + " " + c.op().symbol() + " " + write(c.right(), 1), 1, context);
            case Expr.Select s ->
                parenthesise(
                        write(s.condition(), 1) + " ? " + write(s.whenTrue(), 1) + " : " + write(s.whenFalse(), 1),
                        0,
                        context + 1);
            case Expr.Reduce r -> reduce(r, context);
            case Expr.State s -> stateName(s.index()) + entry(s.entry());
            case Expr.Scan s -> scan(s);
            case Expr.Order o -> order(o);
        };
    }

    /** {@code scan[i < n](s = start; next)[position]}: the state of index i is {@code si}. */
    private static String scan(Expr.Scan scan) {
        Steps steps = scan.steps();
        String axes = entry(List.copyOf(steps.axes()));
        String state = stateName(steps.index()) + axes;
        return "scan[" + nameOf(steps.index()) + " < " + write(steps.count(), 0)
                + (steps.descends() ? ", down](" : "](")
                + state + " = " + write(steps.start(), 0) + "; " + state + " ← " + write(steps.next(), 0) + ")["
                + write(scan.position(), 0) + "]" + entry(scan.entry());
    }

    private static String stateName(Expr.Index index) {
        return "s" + nameOf(index);
    }

    private static String entry(List<Expr> indices) {
        StringBuilder text = new StringBuilder();
        indices.forEach(i -> text.append('[').append(write(i, 0)).append(']'));
        return text.toString();
    }

    private static String order(Expr.Order order) {
        String range = "[" + nameOf(order.index()) + " < " + write(order.index().extent(), 0) + "]";
        return OperationNames.of(order.op()) + range + "(" + write(order.key(), 0) + ")[" + write(order.at(), 0) + "]";
    }

    private static String load(Expr.Load load) {
        return load.input().name() + entry(load.indices());
    }

    private static String number(double value, int context) {
        String text = value == Math.rint(value) && Math.abs(value) < 1e7
                ? Long.toString((long) value)
                : Double.toString(value);
        return parenthesise(text.replace("-", "−"), value < 0 ? 1 : 4, context);
    }

    private static String unary(Expr.Unary node, int context) {
        return switch (node.op()) {
            case NEGATE -> parenthesise("−" + write(node.operand(), 3), 1, context);
            case ABS -> "|" + write(node.operand(), 0) + "|";
            case SQUARE -> write(node.operand(), 4) + "²";
            case SQRT -> "√(" + write(node.operand(), 0) + ")";
            case TO_FLOAT -> write(node.operand(), context);
            case NOT -> "!" + write(node.operand(), 3);
            default -> OperationNames.of(node.op()) + "(" + write(node.operand(), 0) + ")";
        };
    }

    private static String binary(Expr.Binary node, int context) {
        return switch (node.op()) {
            case ADD -> infix(node, " + ", 1, 1, 1, context);
            case SUBTRACT -> infix(node, " − ", 1, 1, 2, context);
            case MULTIPLY -> infix(node, "·", 2, 2, 2, context);
            case DIVIDE -> infix(node, " / ", 2, 2, 3, context);
            case REMAINDER -> infix(node, " mod ", 2, 2, 3, context);
            case AND -> infix(node, " ∧ ", 1, 2, 2, context);
            case OR -> infix(node, " ∨ ", 1, 2, 2, context);
            case POW -> write(node.left(), 4) + "^" + write(node.right(), 4);
            case MAX,
                    MIN,
                    ATAN2,
                    HYPOT,
                    XLOGY,
                    XLOG1PY,
                    XDIVY,
                    LOG_QUOTIENT,
                    RELATIVE_ENTROPY,
                    LBETA,
                    LGAMMA_DIFFERENCE,
                    DIGAMMA_DIFFERENCE,
                    TRIGAMMA_DIFFERENCE,
                    ROOT_OF_SQUARES ->
                OperationNames.of(node.op()) + "(" + write(node.left(), 0) + ", " + write(node.right(), 0) + ")";
        };
    }

    private static String infix(Expr.Binary node, String operator, int level, int left, int right, int context) {
        return parenthesise(write(node.left(), left) + operator + write(node.right(), right), level, context);
    }

    private static String reduce(Expr.Reduce node, int context) {
        String range = "[" + nameOf(node.index()) + " < " + write(node.index().extent(), 0) + "] ";
        String symbol = switch (node.op()) {
            case SUM -> "Σ";
            case PRODUCT -> "Π";
            case MAX, MIN -> OperationNames.of(node.op());
            case LOG_SUM_EXP -> "logΣexp";
            case LOG_SUM_EXP_EXCESS -> "logΣexpExcess";
            case NORM -> "norm";
            case ARG_MAX -> "argmax";
            case ARG_MIN -> "argmin";
        };
        return parenthesise(symbol + range + write(node.body(), 2), 2, context);
    }

    private static String parenthesise(String text, int level, int context) {
        return level < context ? "(" + text + ")" : text;
    }
}
