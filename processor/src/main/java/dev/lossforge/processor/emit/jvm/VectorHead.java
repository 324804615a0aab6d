package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.emit.jvm.VectorLoop.Uniform;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the bodies of a vector loop share: the parameters of the method, with what its caller passes, and the vectors
 * that are the same in all rounds.
 */
final class VectorHead {
    private final Names names;
    private final String first;
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final List<CodeBlock> arguments = new ArrayList<>();
    private final Map<String, String> arrays = new LinkedHashMap<>();
    private final Map<String, String> shifts = new LinkedHashMap<>();
    private final Map<VectorNode, String> hoisted = new IdentityHashMap<>();
    private final CodeBlock.Builder code = CodeBlock.builder();
    private final String begin;
    private boolean usesLanes;

    /**
     * @param first the offset at which the index of the loop starts
     * @param count how many lanes the caller has
     */
    VectorHead(Names names, String first, String count) {
        this.names = names;
        this.first = first;
        this.begin = first.equals("0") ? "0" : parameter(int.class, "at", CodeBlock.of("$L", first));
        shifts.put(first, "");
        if (!first.equals("0")) {
            shifts.put("0", " - " + begin);
        }
        add(int.class, "n", CodeBlock.of("$L", count));
    }

    /** Where the index of the loop starts. */
    String begin() {
        return begin;
    }

    /** What stands in front of a number of lanes to make it an index of the loop. */
    String beginPlus() {
        return first.equals("0") ? "" : begin + " + ";
    }

    List<ParameterSpec> parameters() {
        return List.copyOf(parameters);
    }

    List<CodeBlock> arguments() {
        return List.copyOf(arguments);
    }

    /** The statements in front of the loop. */
    CodeBlock code() {
        return code.build();
    }

    void add(CodeBlock statements) {
        code.add(statements);
    }

    void add(Class<?> type, String name, CodeBlock argument) {
        parameters.add(ParameterSpec.builder(type, name).build());
        arguments.add(argument);
    }

    private String parameter(Class<?> type, String suggestion, CodeBlock argument) {
        String name = names.fresh(suggestion);
        add(type, name, argument);
        return name;
    }

    /** The expression for where lane j of a place stands. */
    String index(Place place) {
        String shift = shifts.computeIfAbsent(place.offset(), offset -> {
            String other = parameter(int.class, "at", CodeBlock.of("$L", offset));
            String difference = names.fresh("shift");
            code.addStatement(
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

    String array(Place place) {
        return arrays.computeIfAbsent(
                place.array(),
                array -> parameter(place.ints() ? int[].class : float[].class, array, CodeBlock.of("$L", array)));
    }

    /** A vector that is the same in all rounds, made before the loop. */
    String hoisted(VectorNode node) {
        String known = hoisted.get(node);
        if (known != null) {
            return known;
        }
        String name = switch (node) {
            case VectorNode.Constant c ->
                broadcast(false, "c", Operations.constant((double) c.value()).code());
            case VectorNode.IntConstant c -> broadcast(true, "c", CodeBlock.of("$L", c.value()));
            case VectorNode.Leaf leaf when leaf.key() instanceof Uniform u -> uniform(u);
            case VectorNode.Operation operation when VectorLoop.isUniform(operation) -> made(operation);
            default -> throw new IllegalArgumentException("differs between rounds: " + node.kind());
        };
        hoisted.put(node, name);
        return name;
    }

    private String made(VectorNode.Operation operation) {
        CodeBlock value = VectorOperations.of(operation, this::hoisted);
        String name = names.fresh("u");
        code.addStatement("$T $L = $L", VectorTypes.of(operation.kind()), name, value);
        return name;
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
                code.addStatement("$T $L = FLOATS.maskAll($L)", VectorTypes.FLOAT_MASK, mask, flag);
                yield mask;
            }
        };
    }

    private String broadcast(boolean ints, String suggestion, CodeBlock value) {
        String name = names.fresh(suggestion);
        code.addStatement(
                ints ? "$T $L = $T.broadcast(INTS, $L)" : "$T $L = $T.broadcast(FLOATS, $L)",
                ints ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                name,
                ints ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                value);
        return name;
    }

    /** The numbers of the lanes, from 0. */
    CodeBlock laneNumbers() {
        if (!usesLanes) {
            usesLanes = true;
            code.addStatement("$T number = $T.zero(INTS).addIndex(1)", VectorTypes.INT_VECTOR, VectorTypes.INT_VECTOR);
        }
        return CodeBlock.of("number.add(j$L)", first.equals("0") ? "" : shifts.get("0"));
    }
}
