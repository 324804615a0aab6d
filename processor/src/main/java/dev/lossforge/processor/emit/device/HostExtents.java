package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.ir.Expr;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the extents of points on the host, read from the {@code arguments} of a loss on first use. */
final class HostExtents {
    private final Names names = new Names("plan", "arguments", "graph", "task", "c");
    private final Map<Expr.Extent, String> known = new LinkedHashMap<>();
    private final CodeBlock.Builder head = CodeBlock.builder();

    /** The declarations so far. */
    CodeBlock head() {
        return head.build();
    }

    /** Whether the host knows an extent before the batch. */
    static boolean isKnown(Expr extent) {
        return extent instanceof Expr.Extent || extent instanceof Expr.IntConstant;
    }

    CodeBlock of(Expr extent) {
        return switch (extent) {
            case Expr.IntConstant c -> CodeBlock.of("$L", c.value());
            case Expr.Extent e -> CodeBlock.of("$L", known.computeIfAbsent(e, this::declare));
            default -> throw new IllegalArgumentException("not known before the batch: " + extent);
        };
    }

    private String declare(Expr.Extent extent) {
        String input = extent.input().name();
        String axis = extent.input().rank() == 1 ? "Length" : extent.axis() == 0 ? "Rows" : "Columns";
        String name = names.fresh(input + axis);
        head.addStatement(
                "int $L = arguments.extent($L, $L)", name, extent.input().position(), extent.axis());
        return name;
    }
}
