package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/**
 * The methods of a vector class that combine the lanes of a reduction of floats after its loop. They return the same in
 * interpreted and in compiled code: sums are added in an order that is written out, and extremes are found among ints.
 * That is also faster than the reductions of the Vector API, which matters for a row of a hundred entries.
 */
enum LaneReduction {
    SUM,
    MAX,
    MIN,
    /** The position of the first lane that holds the extreme value. */
    FIRST;

    /** Halves of the lanes are added as long as there are more than so many doubles. */
    static final List<Integer> HALVES = List.of(16, 8, 4, 2, 1);

    String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant that brings lane k + n to lane k. */
    static String rotation(int n) {
        return "BY_" + n;
    }

    MethodSpec write() {
        MethodSpec.Builder method = MethodSpec.methodBuilder(method())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(VectorTypes.FLOAT_VECTOR, "lanes");
        return switch (this) {
            case SUM -> method.returns(double.class).addCode(sum()).build();
            case MAX -> method.returns(float.class).addCode(max()).build();
            case MIN ->
                method.returns(float.class)
                        .addStatement("return -max(lanes.neg())")
                        .build();
            case FIRST ->
                method.addParameter(VectorTypes.INT_VECTOR, "positions")
                        .addParameter(float.class, "extreme")
                        .addParameter(double[].class, "results")
                        .addParameter(int.class, "at")
                        .addCode(first())
                        .build();
        };
    }

    private static CodeBlock sum() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int half = 0; half < 2; half++) {
            code.addStatement(
                    "$T $L = ($T) lanes.convertShape($T.F2D, DOUBLES, $L)",
                    VectorTypes.DOUBLE_VECTOR,
                    half == 0 ? "sum" : "others",
                    VectorTypes.DOUBLE_VECTOR,
                    VectorTypes.OPERATORS,
                    half);
        }
        code.addStatement("sum = sum.add(others)");
        HALVES.forEach(n -> code.beginControlFlow("if (DOUBLES.length() > $L)", n)
                .addStatement("sum = sum.add(sum.rearrange($L))", rotation(n))
                .endControlFlow());
        return code.addStatement("return sum.lane(0)").build();
    }

    /** Among the bits of floats, where those of negative ones are turned over; NaN, made positive, is the greatest. */
    private static CodeBlock max() {
        return CodeBlock.builder()
                .addStatement(
                        "$T bits = lanes.blend(Float.NaN, lanes.compare($T.NE, lanes)).reinterpretAsInts()",
                        VectorTypes.INT_VECTOR,
                        VectorTypes.OPERATORS)
                .addStatement(
                        "$T turned = bits.lanewise($T.ASHR, 31).and(Integer.MAX_VALUE)",
                        VectorTypes.INT_VECTOR,
                        VectorTypes.OPERATORS)
                .addStatement(
                        "int max = bits.lanewise($T.XOR, turned).reduceLanes($T.MAX)",
                        VectorTypes.OPERATORS,
                        VectorTypes.OPERATORS)
                .addStatement("return Float.intBitsToFloat(max ^ max >> 31 & Integer.MAX_VALUE)")
                .build();
    }

    /** Lanes that took no value have the position −1. */
    private static CodeBlock first() {
        return CodeBlock.builder()
                .addStatement(
                        "$T holds = lanes.compare($T.EQ, extreme).or(lanes.compare($T.NE, lanes))",
                        VectorTypes.FLOAT_MASK,
                        VectorTypes.OPERATORS,
                        VectorTypes.OPERATORS)
                .addStatement(
                        "$T others = holds.cast(INTS).not().or(positions.compare($T.LT, 0))",
                        VectorTypes.INT_MASK,
                        VectorTypes.OPERATORS)
                .addStatement(
                        "int first = positions.blend(Integer.MAX_VALUE, others).reduceLanes($T.MIN)",
                        VectorTypes.OPERATORS)
                .addStatement("results[at] = extreme")
                .addStatement("results[at + 1] = first == Integer.MAX_VALUE ? -1 : first")
                .build();
    }
}
