package dev.lossforge.processor.describe;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the operations of a kernel by how often they run: once per unit of the loss, or once for each round of some
 * nested loops. Loads, stores, conversions and index arithmetic are not counted.
 */
final class OperationCount {
    private final Map<List<String>, Map<String, Integer>> byLoops = new LinkedHashMap<>();

    private OperationCount() {}

    /** A JSON array of {@code {"over": ["|logits|"], "operations": {"exp": 1}}}, the outermost first. */
    static String json(List<Statement> statements) {
        OperationCount count = new OperationCount();
        count.byLoops.put(List.of(), new TreeMap<>());
        count.statements(statements, List.of());
        List<String> levels = new ArrayList<>();
        count.byLoops.forEach((loops, operations) -> {
            if (!operations.isEmpty()) {
                JsonObject numbers = new JsonObject();
                operations.forEach(numbers::whole);
                levels.add(new JsonObject()
                        .strings("over", loops)
                        .raw("operations", numbers.toString())
                        .toString());
            }
        });
        return "[" + String.join(",", levels) + "]";
    }

    private void statements(List<Statement> statements, List<String> loops) {
        statements.forEach(s -> statement(s, loops));
    }

    private void statement(Statement statement, List<String> loops) {
        switch (statement) {
            case Statement.Define d -> value(d.value(), loops);
            case Statement.Loop l -> {
                List<String> inner = new ArrayList<>(loops);
                inner.add(ExprText.of(l.index().extent()));
                statements(l.body(), inner);
            }
            case Statement.Start s -> {}
            case Statement.Accumulate a -> {
                value(a.value(), loops);
                add(OperationNames.of(a.op()), loops);
            }
            case Statement.Finish f -> {}
            case Statement.Running r -> {}
            case Statement.Sort s -> add(OperationNames.of(s.op()), loops);
            case Statement.Product p -> {
                List<String> inner = new ArrayList<>(loops);
                Stream.of(p.row(), p.column(), p.inner()).forEach(i -> inner.add(ExprText.of(i.extent())));
                operations(p.terms()).forEach(name -> add(name, inner));
            }
            case Statement.Keep k -> value(k.value(), loops);
            case Statement.Recall r -> {}
            case Statement.StoreValue v -> value(v.value(), loops);
            case Statement.StoreDerivative s -> {
                value(s.value(), loops);
                if (s.mode() == Statement.Mode.ADD) {
                    add("add", loops);
                }
            }
            case Statement.Clear c -> {}
        }
    }

    private static List<String> operations(Statement.Terms<?> terms) {
        return switch (terms) {
            case Statement.Products<?> p ->
                List.of(OperationNames.of(BinaryOp.MULTIPLY), OperationNames.of(ReduceOp.SUM));
            case Statement.SquaredDifferences<?> d ->
                List.of(
                        OperationNames.of(BinaryOp.SUBTRACT),
                        OperationNames.of(UnaryOp.SQUARE),
                        OperationNames.of(ReduceOp.SUM));
            case Statement.LargestDifferences<?> d ->
                List.of(
                        OperationNames.of(BinaryOp.SUBTRACT),
                        OperationNames.of(UnaryOp.ABS),
                        OperationNames.of(ReduceOp.MAX));
            case Statement.WeightedDifferences<?> d ->
                List.of(
                        OperationNames.of(BinaryOp.SUBTRACT),
                        OperationNames.of(BinaryOp.MULTIPLY),
                        OperationNames.of(ReduceOp.SUM));
        };
    }

    /** Counts a shared subexpression once: a repetition within a statement is cheap, and the compiler removes it. */
    private void value(Expr root, List<String> loops) {
        expression(root, loops, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private void expression(Expr node, List<String> loops, Set<Expr> seen) {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case Expr.Unary u when isConversion(u.op()) -> {}
            case Expr.Unary u when u.type() != Type.INT -> add(OperationNames.of(u.op()), loops);
            case Expr.Binary b when b.type() != Type.INT -> add(OperationNames.of(b.op()), loops);
            case Expr.Compare c -> add("compare", loops);
            case Expr.Select s -> add("select", loops);
            default -> {} // neither arithmetic nor a choice
        }
        Exprs.operands(node).forEach(o -> expression(o, loops, seen));
    }

    private static boolean isConversion(UnaryOp op) {
        return op == UnaryOp.TO_FLOAT || op == UnaryOp.TO_INT || op == UnaryOp.STOP_GRADIENT;
    }

    private void add(String operation, List<String> loops) {
        byLoops.computeIfAbsent(loops, l -> new TreeMap<>()).merge(operation, 1, Integer::sum);
    }
}
