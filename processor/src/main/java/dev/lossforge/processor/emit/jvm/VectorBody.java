package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Effect;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.emit.jvm.VectorLoop.Position;
import dev.lossforge.processor.emit.jvm.VectorLoop.Uniform;
import dev.lossforge.processor.vector.Segment;
import dev.lossforge.processor.vector.VectorNode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the body of a vector loop, for lanes of one of three kinds. */
final class VectorBody {

    /** Which lanes a body computes. */
    enum Lanes {
        /** As many as a vector has. */
        WHOLE,
        /** The last ones, of which those outside of the mask {@code tail} have been computed before. */
        LAST,
        /** Those in the mask {@code tail}; the others do not exist. */
        FEW
    }

    private final Lanes lanes;
    private final VectorHead head;
    private final Names names;
    private final Map<Accumulation, VectorAccumulator> accumulators;
    private final Function<VectorNode, Place> memory;
    private final CodeBlock.Builder code = CodeBlock.builder();
    private final Map<VectorNode, String> variables = new IdentityHashMap<>();

    private VectorBody(
            Lanes lanes,
            VectorHead head,
            Names names,
            Map<Accumulation, VectorAccumulator> accumulators,
            Function<VectorNode, Place> memory) {
        this.lanes = lanes;
        this.head = head;
        this.names = names;
        this.accumulators = accumulators;
        this.memory = memory;
    }

    /**
     * The statements of a body.
     *
     * @param memory where a value stands that another segment computes or needs
     */
    static CodeBlock of(
            Lanes lanes,
            Segment segment,
            List<Effect> effects,
            VectorHead head,
            Names names,
            Map<Accumulation, VectorAccumulator> accumulators,
            Function<VectorNode, Place> memory) {
        VectorBody body = new VectorBody(lanes, head, names, accumulators, memory);
        segment.nodes().forEach(body::compute);
        segment.kept().forEach(node -> body.store(memory.apply(node), body.variable(node), false));
        effects.forEach(body::effect);
        return body.code.build();
    }

    private void compute(VectorNode.Operation node) {
        if (!VectorLoop.isUniform(node)) {
            define(node, VectorOperations.of(node, this::variable));
        }
    }

    private String define(VectorNode node, CodeBlock value) {
        String name = names.fresh(
                switch (node.kind()) {
                    case FLOAT -> "x";
                    case INT -> "i";
                    case MASK -> "mask";
                });
        code.addStatement("$T $L = $L", VectorTypes.of(node.kind()), name, value);
        variables.put(node, name);
        return name;
    }

    private String variable(VectorNode node) {
        String known = variables.get(node);
        if (known != null) {
            return known;
        }
        return switch (node) {
            case VectorNode.Constant c -> head.hoisted(c);
            case VectorNode.IntConstant c -> head.hoisted(c);
            case VectorNode.Leaf leaf when leaf.key() instanceof Uniform -> head.hoisted(leaf);
            case VectorNode.Leaf leaf when leaf.key() instanceof Place place -> define(leaf, load(place));
            case VectorNode.Leaf leaf when leaf.key() == Position.LANE -> define(leaf, head.laneNumbers());
            case VectorNode.Leaf leaf -> throw new IllegalArgumentException("unknown: " + leaf.key());
            case VectorNode.Operation operation when VectorLoop.isUniform(operation) -> head.hoisted(operation);
            case VectorNode.Operation operation -> define(operation, load(memory.apply(operation)));
        };
    }

    private CodeBlock load(Place place) {
        return CodeBlock.of(
                "$T.fromArray($L, $L, $L$L)",
                place.ints() ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                place.ints() ? "INTS" : "FLOATS",
                head.array(place),
                head.index(place),
                maskFor(place));
    }

    private void store(Place place, String value, boolean adds) {
        CodeBlock result = adds
                ? CodeBlock.of("$L.add($L$L)", load(place), value, lanes == Lanes.LAST ? tail(place.ints()) : "")
                : CodeBlock.of("$L", value);
        code.addStatement("$L.intoArray($L, $L$L)", result, head.array(place), head.index(place), maskFor(place));
    }

    /** Memory may end behind the lanes that exist. */
    private String maskFor(Place place) {
        return lanes == Lanes.FEW && !place.padded() ? tail(place.ints()) : "";
    }

    private static String tail(boolean ints) {
        return ints ? ", tail.cast(INTS)" : ", tail";
    }

    private void effect(Effect effect) {
        switch (effect) {
            case Effect.Store s -> store(s.target(), variable(s.value()), s.adds());
            case Effect.Accumulate a -> {
                VectorAccumulator accumulator = accumulators.get(a.accumulation());
                if (accumulator == null) {
                    throw new IllegalStateException("not started: " + a.accumulation());
                }
                List<String> operands =
                        a.operands().stream().map(this::variable).toList();
                boolean again = lanes == Lanes.LAST && a.accumulation().kind() == VectorLoop.Kind.SUM;
                code.add(accumulator.take(operands, lanes == Lanes.FEW || again));
            }
        }
    }
}
