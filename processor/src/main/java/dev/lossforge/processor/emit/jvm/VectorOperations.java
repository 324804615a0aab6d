package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.vector.VectorNode;
import dev.lossforge.processor.vector.VectorOp;
import java.util.List;
import java.util.function.Function;

/** How an operation on vectors is written; operands are variables. A mask is always one of floats. */
final class VectorOperations {
    private VectorOperations() {}

    static CodeBlock of(VectorNode.Operation node, Function<VectorNode, String> variables) {
        return of(
                node.op(),
                node.operands().stream()
                        .map(x -> node.op().isShift() && x instanceof VectorNode.IntConstant distance
                                ? String.valueOf(distance.value())
                                : variables.apply(x))
                        .toList());
    }

    private static CodeBlock of(VectorOp op, List<String> x) {
        return switch (op) {
            case ADD, INT_ADD -> CodeBlock.of("$L.add($L)", x.get(0), x.get(1));
            case SUBTRACT, INT_SUBTRACT -> CodeBlock.of("$L.sub($L)", x.get(0), x.get(1));
            case MULTIPLY, INT_MULTIPLY -> CodeBlock.of("$L.mul($L)", x.get(0), x.get(1));
            case DIVIDE -> CodeBlock.of("$L.div($L)", x.get(0), x.get(1));
            case FMA -> CodeBlock.of("$L.fma($L, $L)", x.get(0), x.get(1), x.get(2));
            case NEGATE -> CodeBlock.of("$L.neg()", x.get(0));
            case ABS -> CodeBlock.of("$L.abs()", x.get(0));
            case SQRT -> CodeBlock.of("$L.sqrt()", x.get(0));
            case LESS -> compare("LT", x);
            case LESS_OR_EQUAL -> compare("LE", x);
            case EQUAL -> compare("EQ", x);
            case NOT_EQUAL -> compare("NE", x);
            case INT_LESS -> compareInts("LT", x);
            case INT_LESS_OR_EQUAL -> compareInts("LE", x);
            case INT_EQUAL -> compareInts("EQ", x);
            case INT_NOT_EQUAL -> compareInts("NE", x);
            case INT_AND -> CodeBlock.of("$L.and($L)", x.get(0), x.get(1));
            case INT_OR -> CodeBlock.of("$L.or($L)", x.get(0), x.get(1));
            case INT_XOR -> CodeBlock.of("$L.lanewise($T.XOR, $L)", x.get(0), VectorTypes.OPERATORS, x.get(1));
            case INT_MAX -> CodeBlock.of("$L.max($L)", x.get(0), x.get(1));
            case INT_MIN -> CodeBlock.of("$L.min($L)", x.get(0), x.get(1));
            case SHIFT_LEFT -> shift("LSHL", x);
            case SHIFT_RIGHT -> shift("ASHR", x);
            case SHIFT_RIGHT_UNSIGNED -> shift("LSHR", x);
            case TO_INT ->
                CodeBlock.of("($T) $L.convert($T.F2I, 0)", VectorTypes.INT_VECTOR, x.get(0), VectorTypes.OPERATORS);
            case TO_FLOAT ->
                CodeBlock.of("($T) $L.convert($T.I2F, 0)", VectorTypes.FLOAT_VECTOR, x.get(0), VectorTypes.OPERATORS);
            case TO_BITS -> CodeBlock.of("$L.reinterpretAsInts()", x.get(0));
            case FROM_BITS -> CodeBlock.of("$L.reinterpretAsFloats()", x.get(0));
            case AND -> CodeBlock.of("$L.and($L)", x.get(0), x.get(1));
            case OR -> CodeBlock.of("$L.or($L)", x.get(0), x.get(1));
            case NOT -> CodeBlock.of("$L.not()", x.get(0));
            case BLEND -> CodeBlock.of("$L.blend($L, $L)", x.get(2), x.get(1), x.get(0));
            case INT_BLEND -> CodeBlock.of("$L.blend($L, $L.cast(INTS))", x.get(2), x.get(1), x.get(0));
        };
    }

    private static CodeBlock compare(String relation, List<String> x) {
        return CodeBlock.of("$L.compare($T.$L, $L)", x.get(0), VectorTypes.OPERATORS, relation, x.get(1));
    }

    private static CodeBlock compareInts(String relation, List<String> x) {
        return CodeBlock.of("$L.compare($T.$L, $L).cast(FLOATS)", x.get(0), VectorTypes.OPERATORS, relation, x.get(1));
    }

    private static CodeBlock shift(String direction, List<String> x) {
        return CodeBlock.of("$L.lanewise($T.$L, $L)", x.get(0), VectorTypes.OPERATORS, direction, x.get(1));
    }
}
