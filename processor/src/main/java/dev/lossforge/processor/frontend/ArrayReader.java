package dev.lossforge.processor.frontend;

import com.sun.source.tree.NewArrayTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;

/** Reads {@code {a, b, c}} and {@code new float[] {a, b, c}}: arrays with listed entries. */
final class ArrayReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    ArrayReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    /** {@code new float[] {a, b, c}}. */
    Value read(NewArrayTree tree, Environment variables) {
        return read(tree, frame.source().names().type(tree.getType()), variables);
    }

    /** Reads an array initializer. Its entry type is explicit or that of the assigned variable. */
    Value read(NewArrayTree tree, Optional<TypeMirror> entryType, Environment variables) {
        Type type = entryType.map(t -> Frame.scalarType(t.getKind())).orElse(null);
        if (entryType.isEmpty() || type == null) {
            return frame.report(
                    tree, Message.EXPRESSION_UNSUPPORTED, "array like this", "Use float[] or int[] of listed entries.");
        }
        List<Value> entries = tree.getInitializers().stream()
                .map(e -> frame.convert(expressions.read(e, variables), entryType.get(), e))
                .toList();
        return new Vector(type, 1, frame.exprs().constant(entries.size()), i -> entry(entries, i));
    }

    /** The entry itself at a constant index, a choice by comparison at a variable one. */
    private Value entry(List<Value> entries, Expr index) {
        if (index instanceof Expr.IntConstant c) {
            return c.value() < entries.size()
                    ? entries.get(c.value())
                    : frame.reading().unreadable();
        }
        if (entries.isEmpty()) {
            return frame.values().constant(Double.NaN);
        }
        Value value = entries.getLast();
        for (int i = entries.size() - 2; i >= 0; i--) {
            Expr here =
                    frame.exprs().compare(Comparison.EQUAL, index, frame.exprs().constant(i));
            value = frame.values().select(here, entries.get(i), value);
        }
        return value;
    }
}
