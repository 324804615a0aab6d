package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the statements of one row for the work-items of a group together. An outermost loop is divided: item k runs
 * the rounds k, k + local, …, and its reductions end in local memory. Each item computes everything else itself, so all
 * items have every local. Entry j of a derivative belongs to item j mod local. Only this item clears it, stores it and
 * adds to it, in the order of the statements.
 */
final class SharedRow {
    private final DeviceUnit row;
    private final TeamReduction reductions;

    SharedRow(DeviceScope scope, DeviceUnit row) {
        this.row = row;
        this.reductions = new TeamReduction(scope, row, new TeamReduction.Team("item", "local", ""));
    }

    /** Whether rows can be computed this way: no item adds to an entry of another or keeps numbers for it. */
    static boolean fits(LoopNest nest) {
        return nest.formula().scope() == Scope.SAMPLE
                && nest.buffers().isEmpty()
                && nest.formula().inputs().stream().noneMatch(i -> i.rank() > 1)
                && nest.statements().stream().anyMatch(Statement.Loop.class::isInstance)
                && nest.statements().stream().allMatch(SharedRow::fits)
                && nest.valueStatements().stream().allMatch(SharedRow::fits);
    }

    private static boolean fits(Statement outermost) {
        return switch (outermost) {
            case Statement.Loop loop -> storesAt(loop.index(), loop.body());
            case Statement.Start s -> true;
            case Statement.Accumulate a -> false;
            case Statement.Running r -> false;
            case Statement.Sort s -> false;
            case Statement.Product p -> false;
            case Statement.Keep k -> false;
            case Statement.Recall r -> false;
            case Statement.Define d -> true;
            case Statement.Finish f -> true;
            case Statement.StoreValue v -> true;
            case Statement.StoreDerivative s -> true;
            case Statement.Clear c -> true;
        };
    }

    /** Whether a loop stores only entries of the current round. */
    private static boolean storesAt(Expr.Index index, List<Statement> body) {
        List<Statement> elsewhere = new ArrayList<>();
        Statements.forEach(body, s -> {
            if (s instanceof Statement.Clear
                    || s instanceof Statement.StoreDerivative d
                            && !d.indices().equals(List.of(index))
                            && !isAddedUp(d.input())) {
                elsewhere.add(s);
            }
        });
        return elsewhere.isEmpty();
    }

    /** Whether each item adds up a derivative itself: the one with respect to a hyperparameter without axes. */
    private static boolean isAddedUp(Input input) {
        return input.role() == Role.PARAMETER && input.rank() == 0;
    }

    CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder block = CodeBlock.builder();
        statements.forEach(s -> block.add(statement(s)));
        return block.build();
    }

    private CodeBlock statement(Statement statement) {
        return switch (statement) {
            case Statement.Loop loop -> row.loop(loop, Rounds.SHARED);
            case Statement.Finish finish -> reductions.finish(finish);
            case Statement.StoreDerivative store -> byOwner(store);
            case Statement.StoreValue value -> byFirst(row.storeValue(value));
            case Statement.Clear clear -> clear(clear.order(), clear.input());
            case Statement.Define d -> row.statement(d);
            case Statement.Start s -> row.statement(s);
            case Statement.Accumulate a -> row.statement(a);
            case Statement.Running r -> row.statement(r);
            case Statement.Sort s -> row.statement(s);
            case Statement.Product p -> row.statement(p);
            case Statement.Keep k -> row.statement(k);
            case Statement.Recall r -> row.statement(r);
        };
    }

    /** Sets the row's part of a derivative to 0. */
    CodeBlock clear(int order, Input input) {
        CodeBlock clear = row.clear(order, input, Rounds.SHARED);
        return input.rank() == 0 ? byFirst(clear) : clear;
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
