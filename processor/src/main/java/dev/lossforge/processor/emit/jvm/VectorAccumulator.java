package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Kind;
import java.util.List;
import java.util.Locale;

/**
 * Writes a reduction in a vector loop: each lane reduces its own values in a register, and after the loop the lanes are
 * combined in an order that the JVM cannot choose, so that equal calls give equal bits.
 */
final class VectorAccumulator {
    private final Accumulation accumulation;
    private final String variable;
    private final String positions;

    VectorAccumulator(Accumulation accumulation, Names names) {
        this.accumulation = accumulation;
        this.variable = names.fresh(
                switch (accumulation.kind()) {
                    case SUM -> "sum";
                    case MAX, MAX_MAGNITUDE, ARG_MAX -> "greatest";
                    case MIN, ARG_MIN -> "least";
                    case ANY -> "any";
                });
        this.positions = accumulation.hasPosition() ? names.fresh("position") : "";
    }

    /** Before the loop. */
    CodeBlock start() {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (accumulation.kind()) {
            case SUM, ANY -> declare(code, "0");
            case MAX, ARG_MAX -> declare(code, accumulation.ints() ? "Integer.MIN_VALUE" : "Float.NEGATIVE_INFINITY");
            case MAX_MAGNITUDE -> declare(code, "Float.floatToIntBits(Float.NEGATIVE_INFINITY)");
            case MIN, ARG_MIN -> declare(code, accumulation.ints() ? "Integer.MAX_VALUE" : "Float.POSITIVE_INFINITY");
        }
        if (accumulation.hasPosition()) {
            code.addStatement(
                    "$T $L = $T.broadcast(INTS, -1)", VectorTypes.INT_VECTOR, positions, VectorTypes.INT_VECTOR);
        }
        return code.build();
    }

    private void declare(CodeBlock.Builder code, String value) {
        code.addStatement(
                hasIntLanes() ? "$T $L = $T.broadcast(INTS, $L)" : "$T $L = $T.broadcast(FLOATS, $L)",
                hasIntLanes() ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                variable,
                hasIntLanes() ? VectorTypes.INT_VECTOR : VectorTypes.FLOAT_VECTOR,
                value);
    }

    private boolean hasIntLanes() {
        return accumulation.ints() || accumulation.kind() == Kind.MAX_MAGNITUDE;
    }

    /** In the loop: takes one value of each lane, or of those in the mask {@code tail}. */
    CodeBlock take(List<String> operands, boolean masked) {
        String value = operands.getFirst();
        String tail = hasIntLanes() ? "tail.cast(INTS)" : "tail";
        return switch (accumulation.kind()) {
            case SUM ->
                masked
                        ? Term.statement("$L = $L.add($L, $L)", variable, variable, value, tail)
                        : Term.statement("$L = $L.add($L)", variable, variable, value);
            case MAX -> accumulation.ints() ? extreme("MAX", value, masked, tail) : displace(value, masked);
            case MAX_MAGNITUDE -> extreme("MAX", value, masked, tail);
            case MIN -> accumulation.ints() ? extreme("MIN", value, masked, tail) : displace(value, masked);
            case ARG_MAX, ARG_MIN -> displaceWithPosition(value, operands.getLast(), masked);
            case ANY ->
                Term.statement("$L = $L.blend(1f, $L)", variable, variable, masked ? value + ".and(tail)" : value);
        };
    }

    private String relation() {
        return switch (accumulation.kind()) {
            case MAX, ARG_MAX -> "LT";
            case MIN, ARG_MIN -> "GT";
            case SUM, MAX_MAGNITUDE, ANY -> throw new IllegalStateException("no order in " + accumulation.kind());
        };
    }

    /** Of ints, one operation. */
    private CodeBlock extreme(String operator, String value, boolean masked, String tail) {
        return masked
                ? Term.statement(
                        "$L = $L.lanewise($T.$L, $L, $L)",
                        variable,
                        variable,
                        VectorTypes.OPERATORS,
                        operator,
                        value,
                        tail)
                : Term.statement("$L = $L.$L($L)", variable, variable, operator.toLowerCase(Locale.ROOT), value);
    }

    /** A NaN displaces all numbers, and no number displaces a NaN. */
    private CodeBlock displace(String value, boolean masked) {
        CodeBlock displaced = CodeBlock.of(
                "$L.compare($T.$L, $L).or($L.compare($T.NE, $L))",
                variable,
                VectorTypes.OPERATORS,
                relation(),
                value,
                value,
                VectorTypes.OPERATORS,
                value);
        return Term.statement(
                "$L = $L.blend($L, $L$L)", variable, variable, value, displaced, masked ? ".and(tail)" : "");
    }

    /** The first of equal values stays, and the first NaN. */
    private CodeBlock displaceWithPosition(String value, String lane, boolean masked) {
        String mask = positions + "Mask";
        CodeBlock nan = CodeBlock.of(
                "$L.compare($T.NE, $L).and($L.compare($T.EQ, $L))",
                value,
                VectorTypes.OPERATORS,
                value,
                variable,
                VectorTypes.OPERATORS,
                variable);
        return CodeBlock.builder()
                .addStatement(
                        "$T $L = $L.compare($T.$L, $L).or($L)$L",
                        VectorTypes.FLOAT_MASK,
                        mask,
                        variable,
                        VectorTypes.OPERATORS,
                        relation(),
                        value,
                        nan,
                        masked ? ".and(tail)" : "")
                .addStatement("$L = $L.blend($L, $L)", variable, variable, value, mask)
                .addStatement("$L = $L.blend($L, $L.cast(INTS))", positions, positions, lane, mask)
                .build();
    }

    /** The methods of the class that combine the lanes; none if an operation does. */
    List<LaneReduction> reductions() {
        return switch (accumulation.kind()) {
            case SUM -> accumulation.ints() ? List.of() : List.of(LaneReduction.SUM);
            case MAX -> accumulation.ints() ? List.of() : List.of(LaneReduction.MAX);
            case MIN -> accumulation.ints() ? List.of() : List.of(LaneReduction.MAX, LaneReduction.MIN);
            case MAX_MAGNITUDE, ANY -> List.of();
            case ARG_MAX -> List.of(LaneReduction.MAX, LaneReduction.FIRST);
            case ARG_MIN -> List.of(LaneReduction.MAX, LaneReduction.MIN, LaneReduction.FIRST);
        };
    }

    /** After the loop: the result over all lanes. */
    CodeBlock finish() {
        return switch (accumulation.kind()) {
            case SUM -> accumulation.ints() ? reduceLanes("ADD") : combine(LaneReduction.SUM);
            case MAX -> accumulation.ints() ? reduceLanes("MAX") : combine(LaneReduction.MAX);
            case MAX_MAGNITUDE ->
                Term.statement(
                        "results[$L] = Float.intBitsToFloat($L.reduceLanes($T.MAX))",
                        accumulation.result(),
                        variable,
                        VectorTypes.OPERATORS);
            case MIN -> accumulation.ints() ? reduceLanes("MIN") : combine(LaneReduction.MIN);
            case ARG_MAX -> first(LaneReduction.MAX);
            case ARG_MIN -> first(LaneReduction.MIN);
            case ANY ->
                Term.statement(
                        "results[$L] = $L.compare($T.NE, 0f).anyTrue() ? 1 : 0",
                        accumulation.result(),
                        variable,
                        VectorTypes.OPERATORS);
        };
    }

    private CodeBlock combine(LaneReduction reduction) {
        return Term.statement("results[$L] = $L($L)", accumulation.result(), reduction.method(), variable);
    }

    private CodeBlock first(LaneReduction extreme) {
        return Term.statement(
                "$L($L, $L, $L($L), results, $L)",
                LaneReduction.FIRST.method(),
                variable,
                positions,
                extreme.method(),
                variable,
                accumulation.result());
    }

    /** Of ints, the result does not depend on the order of lanes, which is the JVM's. */
    private CodeBlock reduceLanes(String operator) {
        return Term.statement(
                "results[$L] = $L.reduceLanes($T.$L)",
                accumulation.result(),
                variable,
                VectorTypes.OPERATORS,
                operator);
    }
}
