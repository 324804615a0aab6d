package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Descriptive names for the locals and buffers of a kernel: {@code logits0}, {@code exp1}, {@code sum2}. */
final class LocalNames {

    private final Exprs exprs;
    private final Map<String, Integer> next = new HashMap<>();
    private final Map<Integer, Buffer> buffers = new HashMap<>();

    LocalNames(Exprs exprs) {
        this.exprs = exprs;
    }

    Expr.Local local(Expr node) {
        return local(stemOf(node), node.type());
    }

    Expr.Local local(String stem, Type type) {
        return (Expr.Local) exprs.local(unique(stem), type);
    }

    static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    String unique(String stem) {
        return stem + (next.merge(stem, 1, Integer::sum) - 1);
    }

    /** Remembers the buffer of a table. */
    void register(Table table) {
        buffers.put(table.input().position(), table.buffer());
    }

    /** The buffer of a table, given the input that represents it in expressions. */
    Buffer buffer(Input table) {
        return Objects.requireNonNull(buffers.get(table.position()), table.name());
    }

    /** A factor of a product, from one of its entries. */
    Statement.Operand operand(Expr.Load entry) {
        return new Statement.Operand(
                Optional.ofNullable(buffers.get(entry.input().position())), entry);
    }

    /** The first part of a value's name. */
    static String stemOf(Expr node) {
        return switch (node) {
            case Expr.Load l -> l.input().name();
            case Expr.Unary u -> OperationNames.of(u.op());
            case Expr.Binary b -> OperationNames.of(b.op());
            case Expr.Select s -> "select";
            case Expr.Reduce r -> OperationNames.of(r.op());
            case Expr.Scan s -> "state";
            case Expr.Order o -> OperationNames.of(o.op());
            default -> "value";
        };
    }
}
