package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The derivatives of a {@link LaneKernel}: gathered in blocks for some units, then stored where they belong. */
final class LaneDerivatives {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final LaneInputs inputs;
    private final CodeBlock.Builder stores = CodeBlock.builder();
    private final Map<Target, CodeBlock> targets = new HashMap<>();

    private record Target(int order, Input input) {}

    LaneDerivatives(KernelScope scope, ScalarCode scalars, BlockNames blocks, LaneInputs inputs) {
        this.scope = scope;
        this.scalars = scalars;
        this.blocks = blocks;
        this.inputs = inputs;
    }

    /** The statements that copy what was gathered to the arrays of the frame. */
    CodeBlock stores() {
        return stores.build();
    }

    /** Sets a derivative to 0. */
    void clear(Statement.Clear c, LaneProgram program) {
        if (c.input().role() == Role.PARAMETER) {
            return;
        }
        CodeBlock target = target(c.order(), c.input());
        if (c.input().rank() == 0) {
            program.before("$T.fill($L, 0, n, 0f)", Arrays.class, target);
        } else {
            program.before("$T.clear($L)", RuntimeTypes.LANES, target);
        }
    }

    /** Stores one derivative. */
    void store(Statement.StoreDerivative s, LaneProgram program, LaneExpressions expressions) {
        LaneValue scaled = expressions.arithmetic(false, BinaryOp.MULTIPLY, expressions.of(s.value()), inputs.scales());
        if (s.input().role() == Role.PARAMETER) {
            storeParameter(s, program, expressions, scaled);
            return;
        }
        CodeBlock target = target(s.order(), s.input());
        if (s.indices().isEmpty()) {
            put(s, program, expressions, scaled, target);
            return;
        }
        Expr index = s.indices().getFirst();
        if (expressions.isUniform(index)) {
            put(s, program, expressions, scaled, column(s, target, index));
            return;
        }
        String function = s.mode() == Statement.Mode.ADD ? "scatterAdd" : "scatter";
        program.effect(
                operands -> CodeBlock.of(
                        "$T.$L($L, $L, $L, n)", RuntimeTypes.LANES, function, operands.get(0), operands.get(1), target),
                scaled,
                expressions.of(index));
    }

    private CodeBlock column(Statement.StoreDerivative s, CodeBlock target, Expr index) {
        return scope.isInside(index, s.input(), 0)
                ? CodeBlock.of("$L[$L]", target, scalars.of(index).code())
                : CodeBlock.of(
                        "$T.column($L, $L, $L)",
                        RuntimeTypes.LANES,
                        target,
                        scalars.of(index).code(),
                        blocks.shared("spare"));
    }

    private static void put(
            Statement.StoreDerivative s,
            LaneProgram program,
            LaneExpressions expressions,
            LaneValue scaled,
            CodeBlock block) {
        LaneValue value = s.mode() == Statement.Mode.SET
                ? scaled
                : expressions.arithmetic(false, BinaryOp.ADD, program.block(block, false), scaled);
        program.store(value, block);
    }

    /** A hyperparameter is shared by all units: its derivative is summed over them. */
    private void storeParameter(
            Statement.StoreDerivative s, LaneProgram program, LaneExpressions expressions, LaneValue scaled) {
        String sums = scope.derivative(s.order(), s.input());
        // In a block of its own, which may be overwritten.
        LaneValue own = program.arithmetic(scaled.ints, List::getFirst, scaled);
        program.effect(
                operands ->
                        CodeBlock.of("$T.clearUnweighted(frame, at, $L, n)", RuntimeTypes.LANES, operands.getFirst()),
                own);
        if (s.indices().isEmpty() || expressions.isUniform(s.indices().getFirst())) {
            Term index = s.indices().isEmpty()
                    ? Operations.constant(0)
                    : scalars.of(s.indices().getFirst());
            program.effect(
                    operands -> CodeBlock.of(
                            "$L[$L] += $T.sum($L, n)", sums, index.code(), RuntimeTypes.BLOCKS, operands.getFirst()),
                    own);
        } else {
            program.effect(
                    operands -> CodeBlock.of(
                            "$T.scatterAdd($L, $L, $L, n)", RuntimeTypes.LANES, operands.get(0), operands.get(1), sums),
                    own,
                    expressions.of(s.indices().getFirst()));
        }
    }

    /** The block or the columns in which the derivative of some units is gathered before it is stored. */
    private CodeBlock target(int order, Input input) {
        return targets.computeIfAbsent(new Target(order, input), k -> {
            String array = scope.derivative(order, input);
            boolean rows = input.rank() == 1;
            CodeBlock target = rows
                    ? blocks.columns(array + "Columns", CodeBlock.of("$L", scope.extent(input, 0)), false)
                    : blocks.named(array + "Block", false);
            CodeBlock store = rows
                    ? CodeBlock.of(
                            "$T.store($L, $L, at * $L, n)", RuntimeTypes.LANES, target, array, scope.extent(input, 0))
                    : CodeBlock.of("$T.arraycopy($L, 0, $L, at, n)", System.class, target, array);
            stores.addStatement("$T.clearUnweighted(frame, at, $L, n)", RuntimeTypes.LANES, target);
            stores.addStatement("$L$L", order == 1 ? "" : CodeBlock.of("if ($L != null) ", array), store);
            return target;
        });
    }
}
