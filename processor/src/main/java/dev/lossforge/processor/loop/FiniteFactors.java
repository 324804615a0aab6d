package dev.lossforge.processor.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kernel that another one replaces where a factor of a matrix product is not finite as assumed. It needs neither the
 * loops for that case nor the tables that only these loops read, which are as large as the products.
 */
public final class FiniteFactors {
    private FiniteFactors() {}

    /** The statements without loops that run instead of products. */
    public static List<Statement> of(List<Statement> statements) {
        List<Statement> needed = Unused.removed(withoutLoops(statements));
        return Independence.marked(Contraction.of(needed, buffers(needed), new ArrayList<>()));
    }

    /** Products are outside of all loops. */
    private static List<Statement> withoutLoops(List<Statement> statements) {
        return statements.stream()
                .map(s -> s instanceof Statement.Product p ? p.withOtherwise(List.of()) : s)
                .toList();
    }

    private static List<Buffer> buffers(List<Statement> statements) {
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        Statements.forEach(statements, s -> {
            if (s instanceof Statement.Keep k) {
                buffers.put(k.buffer().name(), k.buffer());
            } else if (s instanceof Statement.Product p && p.target() instanceof Statement.ToBuffer b) {
                buffers.put(b.buffer().name(), b.buffer());
            } else if (s instanceof Statement.Sort o) {
                buffers.put(o.target().buffer().name(), o.target().buffer());
            }
        });
        return List.copyOf(buffers.values());
    }
}
