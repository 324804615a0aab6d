package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes expressions as a list of assignments with each node once. The text shows which nodes are shared, and is as
 * long as the formula:
 *
 * <pre>{@code
 * t1 = subtract p y
 * t2 = square t1
 * }</pre>
 */
public final class ExprListing {

    private final Exprs exprs;
    private final Map<Expr, String> names = new IdentityHashMap<>();
    private final StringBuilder lines = new StringBuilder();
    private int temporaries;

    public ExprListing(Exprs exprs) {
        this.exprs = exprs;
    }

    /** The lines needed by the names requested so far. */
    public String lines() {
        return lines.toString();
    }

    /** The name of a node; its operands are listed before it. */
    public String name(Expr node) {
        String known = names.get(node);
        if (known != null) {
            return known;
        }
        List<String> operands = Exprs.operands(node).stream().map(this::name).toList();
        String name = text(node, operands);
        if (isOperation(node)) {
            String operation = name;
            name = "t" + ++temporaries;
            lines.append(name).append(" = ").append(operation);
            lines.append(exprs.freeIndices(node).isEmpty() ? "\n" : "  over " + free(node) + "\n");
        }
        names.put(node, name);
        return name;
    }

    private static boolean isOperation(Expr node) {
        return switch (node) {
            case Expr.Constant c -> false;
            case Expr.IntConstant c -> false;
            case Expr.BooleanConstant c -> false;
            case Expr.Extent e -> false;
            case Expr.Index i -> false;
            case Expr.Load l -> false;
            case Expr.Local l -> false;
            case Expr.Unary u -> true;
            case Expr.Binary b -> true;
            case Expr.Compare c -> true;
            case Expr.Select s -> true;
            case Expr.Reduce r -> true;
            case Expr.State s -> false;
            case Expr.Scan s -> true;
            case Expr.Order o -> true;
        };
    }

    private static String text(Expr node, List<String> operands) {
        String joined = String.join(" ", operands);
        return switch (node) {
            case Expr.Constant c -> Double.toString(c.value());
            case Expr.IntConstant c -> Integer.toString(c.value());
            case Expr.BooleanConstant c -> Boolean.toString(c.value());
            case Expr.Extent e -> e.input().name() + "[]".repeat(e.axis()) + ".length";
            case Expr.Index i -> "#" + i.number();
            case Expr.Load l -> l.input().name() + (operands.isEmpty() ? "" : operands);
            case Expr.Local l -> l.name();
            case Expr.Unary u -> OperationNames.of(u.op()) + " " + joined;
            case Expr.Binary b -> OperationNames.of(b.op()) + " " + joined;
            case Expr.Compare c -> operands.get(0) + " " + c.op().symbol() + " " + operands.get(1);
            case Expr.Select s -> "select " + joined;
            case Expr.State s -> "state" + operands;
            case Expr.Scan s ->
                (s.steps().descends() ? "scan down" : "scan") + " #"
                        + s.steps().index().number() + " < " + joined;
            case Expr.Reduce r ->
                OperationNames.of(r.op()) + " #" + r.index().number() + " < " + operands.get(0) + ": "
                        + operands.get(1);
            case Expr.Order o ->
                OperationNames.of(o.op()) + " #" + o.index().number() + " < " + operands.get(0) + ": " + operands.get(1)
                        + " at " + operands.get(2);
        };
    }

    private String free(Expr node) {
        return String.join(
                " ", exprs.freeIndices(node).stream().map(i -> "#" + i.number()).toList());
    }
}
