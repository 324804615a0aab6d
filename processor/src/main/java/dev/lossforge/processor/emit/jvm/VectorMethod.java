package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.jvm.VectorBody.Lanes;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Effect;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.vector.Segment;
import dev.lossforge.processor.vector.VectorNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Writes one segment of a vector loop as a method: a loop over whole vectors and, for what is left, its body once more
 * over the last lanes. Of these it computes some again, without harm: a mask keeps them out of sums, and loads and
 * stores under a mask would take a multiple of the JIT compilers' room. Fewer lanes than a vector has are computed
 * under a mask, by a method of their own. Where memory has room behind the last lane, all vectors are whole.
 *
 * <p>The form of the loop decides whether the JIT compiler keeps values in registers: one index, which starts at the
 * offset of the first array and is the only one that changes.
 */
final class VectorMethod {
    private final Segment segment;
    private final List<Effect> effects;
    private final Function<VectorNode, Place> memory;
    private final Names names =
            new Names("j", "n", "end", "bound", "tail", "results", "FLOATS", "INTS", "DOUBLES", "LANES");
    private final Map<Accumulation, VectorAccumulator> accumulators = new LinkedHashMap<>();
    private final VectorHead head;

    private VectorMethod(Segment segment, List<Effect> effects, Function<VectorNode, Place> memory, Variables caller) {
        this.segment = segment;
        this.effects = segment.effects().stream().map(effects::get).toList();
        this.memory = memory;
        this.head = new VectorHead(names, firstOffset(), caller.n());
        this.effects.forEach(e -> {
            if (e instanceof Effect.Accumulate a) {
                accumulators.put(a.accumulation(), new VectorAccumulator(a.accumulation(), names));
            }
        });
        accumulators.values().forEach(a -> head.add(a.start()));
    }

    /** What the caller has: the number of lanes, whether they always fill a vector, and memory for results. */
    record Variables(String n, String results, boolean fillsVector) {}

    /**
     * Adds the method of a segment to a class; returns its call.
     *
     * @param memory where a value stands that another segment computes or needs
     */
    static CodeBlock add(
            VectorClass target,
            String suggestion,
            Segment segment,
            List<Effect> effects,
            Function<VectorNode, Place> memory,
            Variables caller) {
        return new VectorMethod(segment, effects, memory, caller).write(target, suggestion, caller);
    }

    private String firstOffset() {
        return places().map(Place::offset)
                .filter(offset -> !offset.equals("0"))
                .findFirst()
                .orElse("0");
    }

    private Stream<Place> loads() {
        return Stream.concat(
                        segment.nodes().stream().flatMap(node -> node.operands().stream()),
                        effects.stream().flatMap(effect -> effect.operands().stream()))
                .map(operand -> operand instanceof VectorNode.Leaf leaf ? leaf.key() : operand)
                .filter(Place.class::isInstance)
                .map(Place.class::cast);
    }

    private Stream<Effect.Store> stores() {
        return effects.stream().filter(Effect.Store.class::isInstance).map(Effect.Store.class::cast);
    }

    private Stream<Place> places() {
        return Stream.concat(loads(), stores().map(Effect.Store::target));
    }

    /**
     * Whether lanes may be computed again: no array that is written is read, but for what is added to it, and none is
     * set and written once more, as setting a value again would undo what was added to it.
     */
    private boolean repeats() {
        List<String> written = stores().map(s -> s.target().array()).toList();
        boolean undone = stores().filter(s -> !s.adds())
                .anyMatch(s -> Collections.frequency(written, s.target().array()) > 1);
        return !undone && loads().map(Place::array).noneMatch(written::contains);
    }

    /** Whether nothing minds lanes behind the last: all memory has room for them, and no reduction takes them. */
    private boolean hasRoom() {
        return accumulators.isEmpty() && places().allMatch(Place::padded);
    }

    private CodeBlock write(VectorClass target, String suggestion, Variables caller) {
        return hasRoom() ? writeWhole(target, suggestion) : writeWithRest(target, suggestion, caller);
    }

    private CodeBlock writeWhole(VectorClass target, String suggestion) {
        CodeBlock whole = body(Lanes.WHOLE);
        String name = target.freshMethod(suggestion);
        add(
                target,
                name,
                CodeBlock.builder()
                        .addStatement("int end = $Ln", head.beginPlus())
                        .add(head.code())
                        .beginControlFlow("for (int j = $L; j < end; j += LANES)", head.begin())
                        .add(whole)
                        .endControlFlow()
                        .build());
        return call(target, name);
    }

    private CodeBlock writeWithRest(VectorClass target, String suggestion, Variables caller) {
        boolean repeats = repeats();
        boolean hasFew = repeats && !caller.fillsVector();
        CodeBlock whole = body(Lanes.WHOLE);
        CodeBlock last = body(repeats ? Lanes.LAST : Lanes.FEW);
        CodeBlock few = hasFew ? body(Lanes.FEW) : last;
        if (!accumulators.isEmpty()) {
            head.add(double[].class, "results", CodeBlock.of("$L", caller.results()));
        }
        String name = target.freshMethod(suggestion);
        CodeBlock.Builder code = CodeBlock.builder();
        if (hasFew) {
            String ofFew = target.freshMethod(name + "OfFew");
            add(
                    target,
                    ofFew,
                    CodeBlock.builder()
                            .add(head.code())
                            .add(few(few))
                            .add(finish(target))
                            .build());
            code.beginControlFlow("if (n < LANES)")
                    .addStatement("$L($L)", ofFew, parameterNames())
                    .addStatement("return")
                    .endControlFlow();
        }
        code.addStatement("int bound = $LFLOATS.loopBound(n)", head.beginPlus())
                .add(head.code())
                .beginControlFlow("for (int j = $L; j < bound; j += LANES)", head.begin())
                .add(whole)
                .endControlFlow()
                .beginControlFlow("if (bound < $Ln)", head.beginPlus())
                .add(repeats ? last(last) : rest(last))
                .endControlFlow()
                .add(finish(target));
        add(target, name, code.build());
        return call(target, name);
    }

    private CodeBlock call(VectorClass target, String method) {
        return CodeBlock.of("$T.$L($L);\n", target.name(), method, CodeBlock.join(head.arguments(), ", "));
    }

    private CodeBlock body(Lanes lanes) {
        return VectorBody.of(lanes, segment, effects, head, names, accumulators, memory);
    }

    private String parameterNames() {
        return String.join(", ", head.parameters().stream().map(p -> p.name()).toList());
    }

    private void add(VectorClass target, String name, CodeBlock code) {
        target.add(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameters(head.parameters())
                .addCode(code)
                .build());
    }

    /**
     * The lanes behind whole vectors, the index of the first in {@code bound}, and so many before that a vector has
     * all.
     */
    private CodeBlock last(CodeBlock body) {
        return under(CodeBlock.of("$Ln - LANES", head.beginPlus()), CodeBlock.of("j - bound, LANES"), body);
    }

    /** The lanes behind whole vectors alone. */
    private CodeBlock rest(CodeBlock body) {
        return under(CodeBlock.of("bound"), CodeBlock.of("j, $Ln", head.beginPlus()), body);
    }

    private CodeBlock few(CodeBlock body) {
        return under(CodeBlock.of("$L", head.begin()), CodeBlock.of("0, n"), body);
    }

    /** A body from an index on, with the mask {@code tail} of a range if it needs one. */
    private static CodeBlock under(CodeBlock index, CodeBlock range, CodeBlock body) {
        CodeBlock.Builder code = CodeBlock.builder().addStatement("int j = $L", index);
        if (body.toString().contains("tail")) {
            code.addStatement("$T tail = FLOATS.indexInRange($L)", VectorTypes.FLOAT_MASK, range);
        }
        return code.add(body).build();
    }

    private CodeBlock finish(VectorClass target) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (VectorAccumulator accumulator : accumulators.values()) {
            target.reducesBy(accumulator.reductions());
            code.add(accumulator.finish());
        }
        return code.build();
    }
}
