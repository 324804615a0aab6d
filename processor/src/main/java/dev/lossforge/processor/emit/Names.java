package dev.lossforge.processor.emit;

import com.palantir.javapoet.NameAllocator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that are legal in Java and differ from each other: {@code block}, {@code block2}, {@code block3}. */
public final class Names {
    /** The types used in generated code. A local or parameter with such a name would obscure the type. */
    private static final List<String> TYPES = List.of(
            "Arrays",
            "ArgMax",
            "Block",
            "Float",
            "IntTensor",
            "KernelFrame",
            "LossSignature",
            "Math",
            "Parallel",
            "Scalars",
            "Sorting",
            "System",
            "Tensor",
            "VectorModule");

    private final NameAllocator allocator = new NameAllocator();
    private final Set<String> taken = new HashSet<>();

    public Names(String... reserved) {
        TYPES.forEach(this::fresh);
        for (String name : reserved) {
            fresh(name);
        }
    }

    /** Reserves a name that is not taken yet. */
    public String fresh(String suggestion) {
        String candidate = suggestion;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = suggestion + i;
        }
        return allocator.newName(candidate, candidate); // with a tag of ours, or it draws a random one
    }
}
