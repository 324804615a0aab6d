package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.LoopNest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The checks that a kernel makes before it starts: a target that selects an entry, whatever the data, lies in range. An
 * index under a condition may be anything where the condition does not hold, and is not checked.
 */
public final class IndexChecks {
    private IndexChecks() {}

    /** The method of a class of device kernels that makes them. */
    public static MethodSpec method(LoopNest nest) {
        return MethodSpec.methodBuilder("requireIndices")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameters(UnitRange.PARAMETERS)
                .addCode(of(nest))
                .build();
    }

    public static CodeBlock of(LoopNest nest) {
        Set<CodeBlock> checks = new LinkedHashSet<>();
        for (Expr.Load load : unconditionalLoads(nest.formula().value())) {
            for (int axis = 0; axis < load.indices().size(); axis++) {
                if (load.indices().get(axis) instanceof Expr.Load index
                        && index.input().role() == Role.TARGET) {
                    checks.add(CodeBlock.builder()
                            .addStatement(
                                    "frame.requireIndices($L, $S, frame.extent($L, $L), from, to)",
                                    index.input().position(),
                                    index.input().name(),
                                    load.input().position(),
                                    axis)
                            .build());
                }
            }
        }
        return CodeBlock.join(checks, "");
    }

    private static List<Expr.Load> unconditionalLoads(Expr root) {
        List<Expr.Load> loads = new ArrayList<>();
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(root));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)) {
                pending.addAll(node instanceof Expr.Select select ? List.of(select.condition()) : Exprs.operands(node));
                if (node instanceof Expr.Load load) {
                    loads.add(load);
                }
            }
        }
        return loads;
    }
}
