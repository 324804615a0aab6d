package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names for the locals and buffers of a kernel that say what they hold: {@code logits0}, {@code exp1}, {@code sum2}.
 */
final class LocalNames {

    private final Exprs exprs;
    private final Map<String, Integer> next = new HashMap<>();

    LocalNames(Exprs exprs) {
        this.exprs = exprs;
    }

    Expr.Local local(Expr node) {
        return local(stemOf(node), node.type());
    }

    Expr.Local local(String stem, Type type) {
        return (Expr.Local) exprs.local(unique(stem), type);
    }

    String unique(String stem) {
        return stem + (next.merge(stem, 1, Integer::sum) - 1);
    }

    private static String stemOf(Expr node) {
        return switch (node) {
            case Expr.Load l -> l.input().name();
            case Expr.Unary u -> camelCase(u.op());
            case Expr.Binary b -> camelCase(b.op());
            case Expr.Select s -> "select";
            case Expr.Reduce r -> camelCase(r.op());
            default -> "value";
        };
    }

    static String camelCase(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
