package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Effect;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.emit.jvm.VectorLoop.Position;
import dev.lossforge.processor.emit.jvm.VectorLoop.Uniform;
import dev.lossforge.processor.vector.Segment;
import dev.lossforge.processor.vector.VectorKind;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/**
 * Writes one segment of a vector loop as a method: a loop over whole vectors and, for what is left, its body once more
 * under a mask. The form of the loop decides whether the JIT compiler keeps values in registers: one index, which
 * starts at the offset of the first array and is the only one that changes.
 */
final class VectorMethod {
    private final Segment segment;
    private final List<Effect> effects;
    private final Function<VectorNode, Place> memory;
    private final Names names =
            new Names("j", "n", "end", "bound", "tail", "results", "lanes", "FLOATS", "INTS", "LANES");
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<CodeBlock> arguments = new ArrayList<>();
    private final Map<String, String> arrays = new LinkedHashMap<>();
    private final Map<String, String> shifts = new LinkedHashMap<>();
    private final Map<VectorNode, String> hoisted = new IdentityHashMap<>();
    private final Map<Accumulation, VectorAccumulator> accumulators = new LinkedHashMap<>();
    private final CodeBlock.Builder head = CodeBlock.builder();
    private final String first;
    private boolean usesLanes;

    /** @param memory where a value stands that another segment computes or needs */
    private VectorMethod(Segment segment, List<Effect> effects, Function<VectorNode, Place> memory) {
        this.segment = segment;
        this.effects = segment.effects().stream().map(effects::get).toList();
        this.memory = memory;
        this.first = firstOffset();
    }

    /** What the caller has: the number of lanes, and memory for results and for the lanes of a reduction. */
    record Variables(String n, String results, String lanes) {}

    /** Adds the method of a segment to a class; returns its call. */
    static CodeBlock add(
            VectorClass target,
            String suggestion,
            Segment segment,
            List<Effect> effects,
            Function<VectorNode, Place> memory,
            Variables caller) {
        return new VectorMethod(segment, effects, memory).write(target, suggestion, caller);
    }

    private String firstOffset() {
        List<Place> places = new ArrayList<>();
        segment.nodes()
                .forEach(node -> node.operands().forEach(o -> {
                    if (o instanceof VectorNode.Leaf leaf && leaf.key() instanceof Place place) {
                        places.add(place);
                    }
                }));
        effects.forEach(e -> {
            if (e instanceof Effect.Store s) {
                places.add(s.target());
            }
            e.operands().forEach(o -> {
                if (o instanceof VectorNode.Leaf leaf && leaf.key() instanceof Place place) {
                    places.add(place);
                }
            });
        });
        return places.stream()
                .map(Place::offset)
                .filter(offset -> !offset.equals("0"))
                .findFirst()
                .orElse("0");
    }

    private CodeBlock write(VectorClass target, String suggestion, Variables caller) {
        String at = "0";
        if (!first.equals("0")) {
            at = parameter(int.class, "at", CodeBlock.of("$L", first));
        }
        shifts.put(first, "");
        if (!first.equals("0")) {
            shifts.put("0", " - " + at);
        }
        add(int.class, "n", CodeBlock.of("$L", caller.n()));
        effects.forEach(e -> {
            if (e instanceof Effect.Accumulate a) {
                accumulators.put(a.accumulation(), new VectorAccumulator(a.accumulation(), names));
            }
        });
        accumulators.values().forEach(a -> head.add(a.start()));
        CodeBlock body = body(false);
        CodeBlock tail = body(true);
        String begin = first.equals("0") ? "" : at + " + ";
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("int bound = $LFLOATS.loopBound(n)", begin)
                .add(head.build())
                .beginControlFlow("for (int j = $L; j < bound; j += LANES)", at)
                .add(body)
                .endControlFlow()
                .beginControlFlow("if (bound < $Ln)", begin)
                .addStatement("int j = bound")
                .addStatement("$T tail = FLOATS.indexInRange(j, $Ln)", VectorTypes.FLOAT_MASK, begin)
                .add(tail)
                .endControlFlow();
        if (!accumulators.isEmpty()) {
            add(double[].class, "results", CodeBlock.of("$L", caller.results()));
            add(float[].class, "lanes", CodeBlock.of("$L", caller.lanes()));
            accumulators.values().forEach(a -> code.add(a.finish()));
        }
        String name = target.freshMethod(suggestion);
        target.add(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameters(parameters)
                .addCode(code.build())
                .build());
        return CodeBlock.of("$T.$L($L);\n", target.name(), name, CodeBlock.join(arguments, ", "));
    }

    private String parameter(Class<?> type, String suggestion, CodeBlock argument) {
        String name = names.fresh(suggestion);
        add(type, name, argument);
        return name;
    }

    private void add(Class<?> type, String name, CodeBlock argument) {
        parameters.add(ParameterSpec.builder(type, name).build());
        arguments.add(argument);
    }

    private CodeBlock body(boolean masked) {
        Body body = new Body(masked);
        segment.nodes().forEach(body::compute);
        segment.kept().forEach(node -> body.store(memory.apply(node), body.variable(node), false));
        effects.forEach(body::effect);
        return body.code.build();
    }

    /** The expression for where lane j of a place stands. */
    private String index(Place place) {
        String shift = shifts.computeIfAbsent(place.offset(), offset -> {
            String other = parameter(int.class, "at", CodeBlock.of("$L", offset));
            String difference = names.fresh("shift");
            head.addStatement(
                    first.equals("0") ? "int $L = $L" : "int $L = $L - $L",
                    first.equals("0")
                            ? new Object[] {difference, other}
                            : new Object[] {difference, other, shiftBase()});
            return " + " + difference;
        });
        return "j" + shift;
    }

    private String shiftBase() {
        return shifts.getOrDefault("0", " - at").substring(3);
    }

    private String array(Place place) {
        return arrays.computeIfAbsent(
                place.array(),
                array -> parameter(place.ints() ? int[].class : float[].class, array, CodeBlock.of("$L", array)));
    }

    /** A vector that is the same in all rounds, made before the loop. */
    private String hoisted(VectorNode node) {
        return hoisted.computeIfAbsent(node, n -> switch (n) {
            case VectorNode.Constant c ->
                broadcast(false, "c", Operations.constant((double) c.value()).code());
            case VectorNode.IntConstant c -> broadcast(true, "c", CodeBlock.of("$L", c.value()));
            case VectorNode.Leaf leaf when leaf.key() instanceof Uniform u -> uniform(u);
            default -> throw new IllegalArgumentException("differs between rounds: " + n.kind());
        });
    }

    private String uniform(Uniform u) {
        return switch (u.type()) {
            case FLOAT ->
                broadcast(
                        false,
                        u.variable(),
                        CodeBlock.of("$L", parameter(float.class, u.variable(), CodeBlock.of("$L", u.variable()))));
            case INT ->
                broadcast(
                        true,
                        u.variable(),
                        CodeBlock.of("$L", parameter(int.class, u.variable(), CodeBlock.of("$L", u.variable()))));
            case BOOLEAN -> {
                String flag = parameter(boolean.class, u.variable(), CodeBlock.of("$L", u.variable()));
                String mask = names.fresh(u.variable() + "Mask");
                head.addStatement("$T $L = FLOATS.maskAll($L)", VectorTypes.FLOAT_MASK, mask, flag);
                yield mask;
            }
        };
    }

    private String broadcast(boolean ints, String suggestion, CodeBlock value) {
        String name = names.fresh(suggestion);
        head.addStatement(
                ints ? "$T $L = $T.broadcast(INTS, $L)" : "$T $L = $T.broadcast(FLOATS, $L)",
                ints ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                name,
                ints ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                value);
        return name;
    }

    private String laneNumbers() {
        if (!usesLanes) {
            usesLanes = true;
            head.addStatement("$T number = $T.zero(INTS).addIndex(1)", VectorTypes.INT_VECTOR, VectorTypes.INT_VECTOR);
        }
        return "number";
    }

    /** The body of the loop, for whole vectors or for the lanes that are left. */
    private final class Body {
        private final boolean masked;
        private final CodeBlock.Builder code = CodeBlock.builder();
        private final Map<VectorNode, String> variables = new IdentityHashMap<>();

        Body(boolean masked) {
            this.masked = masked;
        }

        private String fresh(VectorKind kind) {
            return names.fresh(
                    switch (kind) {
                        case FLOAT -> "x";
                        case INT -> "i";
                        case MASK -> "mask";
                    });
        }

        void compute(VectorNode.Operation node) {
            List<String> operands = node.op().name().startsWith("SHIFT")
                    ? List.of(
                            variable(node.operands().get(0)),
                            String.valueOf(
                                    ((VectorNode.IntConstant) node.operands().get(1)).value()))
                    : node.operands().stream().map(this::variable).toList();
            define(node, VectorOperations.of(node.op(), operands));
        }

        private String define(VectorNode node, CodeBlock value) {
            String name = fresh(node.kind());
            code.addStatement(
                    "$T $L = $L",
                    switch (node.kind()) {
                        case FLOAT -> VectorTypes.FLOAT_VECTOR;
                        case INT -> VectorTypes.INT_VECTOR;
                        case MASK -> VectorTypes.FLOAT_MASK;
                    },
                    name,
                    value);
            variables.put(node, name);
            return name;
        }

        String variable(VectorNode node) {
            String known = variables.get(node);
            if (known != null) {
                return known;
            }
            return switch (node) {
                case VectorNode.Constant c -> hoisted(c);
                case VectorNode.IntConstant c -> hoisted(c);
                case VectorNode.Leaf leaf when leaf.key() instanceof Uniform -> hoisted(leaf);
                case VectorNode.Leaf leaf when leaf.key() instanceof Place place -> define(leaf, load(place));
                case VectorNode.Leaf leaf
                when leaf.key() == Position.LANE ->
                    define(leaf, CodeBlock.of("$L.add(j$L)", laneNumbers(), first.equals("0") ? "" : shifts.get("0")));
                case VectorNode.Leaf leaf -> throw new IllegalArgumentException("unknown: " + leaf.key());
                case VectorNode.Operation operation -> define(operation, load(memory.apply(operation)));
            };
        }

        private CodeBlock load(Place place) {
            CodeBlock mask = masked && !place.padded()
                    ? CodeBlock.of(place.ints() ? ", tail.cast(INTS)" : ", tail")
                    : CodeBlock.of("");
            return CodeBlock.of(
                    "$T.fromArray($L, $L, $L$L)",
                    place.ints() ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                    place.ints() ? "INTS" : "FLOATS",
                    array(place),
                    index(place),
                    mask);
        }

        void store(Place place, String value, boolean adds) {
            CodeBlock mask = masked && !place.padded()
                    ? CodeBlock.of(place.ints() ? ", tail.cast(INTS)" : ", tail")
                    : CodeBlock.of("");
            CodeBlock sum = adds ? CodeBlock.of("$L.add($L)", load(place), value) : CodeBlock.of("$L", value);
            code.addStatement("$L.intoArray($L, $L$L)", sum, array(place), index(place), mask);
        }

        void effect(Effect effect) {
            switch (effect) {
                case Effect.Store s -> store(s.target(), variable(s.value()), s.adds());
                case Effect.Accumulate a -> {
                    VectorAccumulator accumulator = accumulators.get(a.accumulation());
                    if (accumulator == null) {
                        throw new IllegalStateException("not started: " + a.accumulation());
                    }
                    List<String> operands =
                            a.operands().stream().map(this::variable).toList();
                    code.add(accumulator.take(operands, masked));
                }
            }
        }
    }
}
