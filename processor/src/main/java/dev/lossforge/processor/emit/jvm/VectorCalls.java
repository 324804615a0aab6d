package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.jvm.VectorLoop.Effect;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.vector.Segment;
import dev.lossforge.processor.vector.Segmentation;
import dev.lossforge.processor.vector.UniformFactors;
import dev.lossforge.processor.vector.VectorKind;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The vector loops of one kernel method: their methods go to the vector class, their calls and memory stay here. */
final class VectorCalls {
    private final KernelScope scope;
    private final VectorClass target;
    private final String name;
    private final String size;
    private final boolean fillsVectors;
    private final CodeBlock.Builder blocks = CodeBlock.builder();
    private final Deque<String> freeFloats = new ArrayDeque<>();
    private final Deque<String> freeInts = new ArrayDeque<>();
    private final List<String> tables = new ArrayList<>();
    private final String resultsName;
    private int results;

    /**
     * @param name of the kernel method
     * @param size the expression for the number of lanes that a block has room for
     * @param fillsVectors whether all loops have as many lanes as a vector, at least
     */
    VectorCalls(KernelScope scope, VectorClass target, String name, String size, boolean fillsVectors) {
        this.scope = scope;
        this.target = target;
        this.name = name;
        this.size = size;
        this.fillsVectors = fillsVectors;
        this.resultsName = scope.fresh("results");
    }

    /** The class that the loops belong to. */
    VectorClass target() {
        return target;
    }

    /** The variable that holds the results of the last loop. */
    String results() {
        return resultsName;
    }

    /** The memory that all loops need. */
    CodeBlock declarations() {
        CodeBlock.Builder code = CodeBlock.builder().add(blocks.build());
        if (results > 0) {
            code.addStatement("double[] $L = new double[$L]", resultsName, results);
        }
        return code.build();
    }

    /** A new block. */
    String block(String suggestion, boolean ints) {
        return block(suggestion, ints, CodeBlock.of("$L", size));
    }

    /** A new block of another size. */
    String block(String suggestion, boolean ints, CodeBlock lanes) {
        String block = scope.fresh(suggestion);
        blocks.addStatement(
                ints ? "int[] $L = $T.ints($L)" : "float[] $L = $T.floats($L)", block, RuntimeTypes.BLOCK, lanes);
        return block;
    }

    /** Memory for some columns, which may be large. */
    String columns(String suggestion, boolean ints, CodeBlock lanes) {
        if (ints) {
            return block(suggestion, true, lanes);
        }
        String columns = scope.fresh(suggestion);
        blocks.addStatement("float[] $L = $T.columns($L)", columns, RuntimeTypes.TABLES, lanes);
        tables.add(columns);
        return columns;
    }

    /** What gives large memory back at the end. */
    CodeBlock end() {
        return end(tables);
    }

    /** The same for some arrays. */
    static CodeBlock end(Collection<String> tables) {
        return tables.isEmpty()
                ? CodeBlock.of("")
                : CodeBlock.builder()
                        .addStatement("$T.giveBack($L)", RuntimeTypes.TABLES, String.join(", ", tables))
                        .build();
    }

    static Place place(String block, boolean ints) {
        return new Place(block, ints, "0", true);
    }

    /**
     * Writes a loop over n lanes.
     *
     * @param leave the way out to scalar code under a condition
     */
    CodeBlock call(VectorLoop loop, String n, UnaryOperator<CodeBlock> leave) {
        UniformFactors.Copy factors = loop.finish(() -> scope.fresh("factor"));
        results = Math.max(results, loop.results());
        List<Effect> effects = loop.effects();
        List<Segment> segments = Segmentation.of(
                loop.graph(),
                effects.stream()
                        .map(e -> new Segmentation.Sink(e.operands(), e.operations()))
                        .toList(),
                VectorLoop::isUniform);
        Map<VectorNode, Place> memory = new IdentityHashMap<>();
        Map<VectorNode, Integer> lastUse = new IdentityHashMap<>();
        for (int s = 0; s < segments.size(); s++) {
            for (VectorNode node : segments.get(s).recalled()) {
                lastUse.put(node, s);
            }
        }
        CodeBlock.Builder code = CodeBlock.builder();
        code.add(UniformFactorCode.of(factors, leave));
        List<VectorNode> held = new ArrayList<>();
        for (int s = 0; s < segments.size(); s++) {
            for (VectorNode kept : segments.get(s).kept()) {
                memory.put(kept, temporary(kept.kind() == VectorKind.INT));
                held.add(kept);
            }
            code.add(VectorMethod.add(
                    target,
                    name,
                    segments.get(s),
                    effects,
                    node -> place(memory, node),
                    new VectorMethod.Variables(n, resultsName, fillsVectors)));
            int done = s;
            held.stream()
                    .filter(node -> lastUse.getOrDefault(node, -1) == done)
                    .forEach(node -> release(place(memory, node)));
            held.removeIf(node -> lastUse.getOrDefault(node, -1) == done);
        }
        loop.rareResult().ifPresent(result -> code.add(leave.apply(CodeBlock.of("$L[$L] != 0", resultsName, result))));
        return code.build();
    }

    private static Place place(Map<VectorNode, Place> memory, VectorNode node) {
        Place place = memory.get(node);
        if (place == null) {
            throw new IllegalStateException("a value without memory: " + node.kind());
        }
        return place;
    }

    private Place temporary(boolean ints) {
        Deque<String> free = ints ? freeInts : freeFloats;
        return place(free.isEmpty() ? block(ints ? "intBlock" : "block", ints) : free.pop(), ints);
    }

    private void release(Place place) {
        (place.ints() ? freeInts : freeFloats).push(place.array());
    }
}
