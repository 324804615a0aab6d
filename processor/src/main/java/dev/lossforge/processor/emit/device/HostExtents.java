package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statements;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes extents on the host. Those of inputs are read on first use. */
final class HostExtents {
    private final Names names = new Names("plan", "tables", "arguments", "extents", "graph", "task", "c");
    private final Map<Expr.Extent, String> known = new LinkedHashMap<>();
    private final CodeBlock.Builder head = CodeBlock.builder();
    private final String source;

    /** @param source the variable that tells the extents of inputs */
    HostExtents(String source) {
        this.source = source;
    }

    /** The declarations so far. */
    CodeBlock head() {
        return head.build();
    }

    /** Whether the host knows an extent before the batch. */
    static boolean isKnown(Expr extent) {
        return Statements.isKnownBefore(extent);
    }

    CodeBlock of(Expr extent) {
        return term(extent).code();
    }

    /** The statement that adds a table to a variable. */
    CodeBlock declaration(String to, Buffer table) {
        return CodeBlock.builder()
                .addStatement(
                        "$L.$L($L)",
                        to,
                        table.type() == Type.INT ? "ints" : "floats",
                        table.extents().stream().map(this::of).collect(CodeBlock.joining(", ")))
                .build();
    }

    private Term term(Expr node) {
        return switch (node) {
            case Expr.IntConstant c -> Operations.constant(c.value());
            case Expr.BooleanConstant c -> Term.atom("$L", c.value());
            case Expr.Extent e -> Term.atom("$L", known.computeIfAbsent(e, this::declare));
            case Expr.Unary u -> DeviceOperations.unary(u.op(), term(u.operand()));
            case Expr.Binary b -> DeviceOperations.binary(b.op(), b.type(), term(b.left()), term(b.right()));
            case Expr.Compare c -> DeviceOperations.compare(c.op(), c.left().type(), term(c.left()), term(c.right()));
            case Expr.Select s -> Operations.select(term(s.condition()), term(s.whenTrue()), term(s.whenFalse()));
            default -> throw new IllegalArgumentException("not known before the batch: " + node);
        };
    }

    private String declare(Expr.Extent extent) {
        String input = extent.input().name();
        String axis = extent.input().rank() == 1 ? "Length" : extent.axis() == 0 ? "Rows" : "Columns";
        String name = names.fresh(input + axis);
        head.addStatement(
                "int $L = $L.extent($L, $L)", name, source, extent.input().position(), extent.axis());
        return name;
    }
}
