package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the statements of one row as the work-items of a group run them together. An outermost loop is divided: the
 * item k takes the rounds k, k + local, …, and its reductions end in local memory. All else each item computes for
 * itself, so that all know every local. The entry j of a derivative belongs to the item j mod local, which alone clears
 * it, stores it and adds to it, in the order of the statements.
 */
final class SharedRow {
    /** How many items take the parts of a reduction from all others, before all take them from these. */
    private static final int FIRST_ITEMS = 16;

    private final DeviceScope scope;
    private final DeviceUnit row;

    SharedRow(DeviceScope scope, DeviceUnit row) {
        this.scope = scope;
        this.row = row;
    }

    /** Whether rows can be computed so: no item adds to an entry of another, and reductions are of floats. */
    static boolean fits(LoopNest nest) {
        return nest.formula().scope() == Scope.SAMPLE
                && nest.statements().stream().anyMatch(Statement.Loop.class::isInstance)
                && nest.statements().stream().allMatch(SharedRow::fits)
                && nest.valueStatements().stream().allMatch(SharedRow::fits);
    }

    private static boolean fits(Statement outermost) {
        return switch (outermost) {
            case Statement.Loop loop -> storesAt(loop.index(), loop.body());
            case Statement.Start start ->
                start.accumulator().type() == Type.FLOAT
                        && start.op() != ReduceOp.ARG_MAX
                        && start.op() != ReduceOp.ARG_MIN;
            case Statement.Accumulate a -> false;
            case Statement.Keep k -> false;
            case Statement.Recall r -> false;
            case Statement.Define d -> true;
            case Statement.Finish f -> true;
            case Statement.StoreValue v -> true;
            case Statement.StoreDerivative s -> true;
            case Statement.Clear c -> true;
        };
    }

    /** Whether all that a loop stores are entries of the round that stores them. */
    private static boolean storesAt(Expr.Index index, List<Statement> body) {
        List<Statement> elsewhere = new ArrayList<>();
        KernelParts.forEach(body, s -> {
            if (s instanceof Statement.Clear
                    || s instanceof Statement.StoreDerivative d && !d.indices().equals(List.of(index))) {
                elsewhere.add(s);
            }
        });
        return elsewhere.isEmpty();
    }

    /** Whether the statements reduce to a pair of numbers, which takes a second local array. */
    static boolean reducesToPairs(List<Statement> statements) {
        return statements.stream().anyMatch(s -> s instanceof Statement.Start start && isPair(start.op()));
    }

    private static boolean isPair(ReduceOp op) {
        return op == ReduceOp.LOG_SUM_EXP || op == ReduceOp.LOG_SUM_EXP_EXCESS;
    }

    CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder block = CodeBlock.builder();
        statements.forEach(s -> block.add(statement(s)));
        return block.build();
    }

    private CodeBlock statement(Statement statement) {
        return switch (statement) {
            case Statement.Loop loop -> row.loop(loop, Rounds.SHARED);
            case Statement.Finish finish -> isPair(finish.op()) ? combinePairs(finish) : combine(finish);
            case Statement.StoreDerivative store -> byOwner(store);
            case Statement.StoreValue value -> byFirst(row.storeValue(value));
            case Statement.Clear clear -> clear(clear.order(), clear.input());
            case Statement.Define d -> row.statement(d);
            case Statement.Start s -> row.statement(s);
            case Statement.Accumulate a -> row.statement(a);
            case Statement.Keep k -> row.statement(k);
            case Statement.Recall r -> row.statement(r);
        };
    }

    /** Sets the row's part of a derivative to 0. */
    CodeBlock clear(int order, Input input) {
        CodeBlock clear = row.clear(order, input, Rounds.SHARED);
        return input.rank() == 0 ? byFirst(clear) : clear;
    }

    /** Each item has a part of a reduction; afterwards all have the whole. */
    private CodeBlock combine(Statement.Finish f) {
        String part = scope.fresh("part");
        return CodeBlock.builder()
                .addStatement("tree[item] = $L", row.result(f).code())
                .add(fold(
                        line("float $L = tree[item]", part),
                        next(f.op(), part),
                        line("tree[item] = $L", part),
                        row.define(f.result(), Term.atom("tree[0]")),
                        next(f.op(), scope.local(f.result()))))
                .build();
    }

    private static CodeBlock next(ReduceOp op, String part) {
        return line(
                "$L = $L",
                part,
                combined(op, Term.atom(part), Term.atom("tree[other]")).code());
    }

    /**
     * The first items take the parts of the others, and then each item takes theirs. There is no barrier within a loop:
     * PoCL copies all that follows one, so that eight reductions took a minute to compile.
     */
    private static CodeBlock fold(CodeBlock own, CodeBlock next, CodeBlock keep, CodeBlock whole, CodeBlock nextOfAll) {
        return CodeBlock.builder()
                .addStatement("c.localBarrier()")
                .beginControlFlow("if (item < $L)", FIRST_ITEMS)
                .add(own)
                .beginControlFlow("for (int other = item + $1L; other < local; other += $1L)", FIRST_ITEMS)
                .add(next)
                .endControlFlow()
                .add(keep)
                .endControlFlow()
                .addStatement("c.localBarrier()")
                .add(whole)
                .beginControlFlow("for (int other = 1; other < $L && other < local; other++)", FIRST_ITEMS)
                .add(nextOfAll)
                .endControlFlow()
                .addStatement("c.localBarrier()")
                .build();
    }

    private static CodeBlock line(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, arguments).build();
    }

    private static Term combined(ReduceOp op, Term x, Term y) {
        return switch (op) {
            case SUM -> Operations.binary(BinaryOp.ADD, x, y);
            case PRODUCT -> Operations.binary(BinaryOp.MULTIPLY, x, y);
            case MAX -> DeviceOperations.binary(BinaryOp.MAX, Type.FLOAT, x, y);
            case MIN -> DeviceOperations.binary(BinaryOp.MIN, Type.FLOAT, x, y);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, ARG_MAX, ARG_MIN ->
                throw new IllegalArgumentException(op + " has parts of two numbers");
            case NORM -> throw KernelParts.unexpected(op);
        };
    }

    /** As {@link #combine}, of a maximum and the sum of the exponentials relative to it. */
    private CodeBlock combinePairs(Statement.Finish f) {
        String max = scope.fresh("max");
        String sum = scope.fresh("sum");
        String wholeMax = scope.fresh("max");
        String wholeSum = scope.fresh("sum");
        return CodeBlock.builder()
                .addStatement("tree[item] = $L", scope.local(f.accumulator()))
                .addStatement(
                        "sums[item] = $L",
                        row.wholeSum(scope.partner(f.accumulator()), f).code())
                .add(fold(
                        pair(max, sum, "item"),
                        nextPair(max, sum),
                        CodeBlock.join(List.of(line("tree[item] = $L", max), line("sums[item] = $L", sum)), ""),
                        pair(wholeMax, wholeSum, "0"),
                        nextPair(wholeMax, wholeSum)))
                .add(row.define(f.result(), DeviceUnit.logOfSum(f, wholeMax, Term.atom(wholeSum))))
                .build();
    }

    private static CodeBlock pair(String max, String sum, String of) {
        return CodeBlock.join(List.of(line("float $L = tree[$L]", max, of), line("float $L = sums[$L]", sum, of)), "");
    }

    private static CodeBlock nextPair(String max, String sum) {
        return CodeBlock.builder()
                .addStatement(
                        "$2L = $3T.addExponentials($1L, $2L, tree[other], sums[other])",
                        max,
                        sum,
                        DeviceTypes.REDUCTIONS)
                .addStatement("$1L = $1L > tree[other] ? $1L : tree[other]", max)
                .build();
    }

    private CodeBlock byOwner(Statement.StoreDerivative store) {
        if (store.indices().isEmpty()) {
            return byFirst(row.statement(store));
        }
        return only(CodeBlock.of("$L % local == item", row.entry(store).above(Strength.PRODUCT)), row.statement(store));
    }

    private static CodeBlock byFirst(CodeBlock action) {
        return only(CodeBlock.of("item == 0"), action);
    }

    private static CodeBlock only(CodeBlock condition, CodeBlock action) {
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", condition)
                .add(action)
                .endControlFlow()
                .build();
    }
}
