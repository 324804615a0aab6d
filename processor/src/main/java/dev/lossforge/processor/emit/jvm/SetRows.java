package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a strip sets of the rows of a derivative before anything is added to it, and so need not read. */
final class SetRows {
    private SetRows() {}

    /**
     * What reads the rows of a derivative, where some of it is not set first.
     *
     * @param columns the variable for the number of columns
     */
    static CodeBlock unlessSet(Statement.Loop strip, Input input, String columns, CodeBlock read) {
        List<Statement> stores = storing(strip.body(), input);
        if (stores.getFirst() instanceof Statement.Loop first && setsAll(first, input)) {
            return CodeBlock.of("");
        }
        return CodeBlock.builder()
                .beginControlFlow("if ($L > $L)", columns, numbered(stores))
                .add(read)
                .endControlFlow()
                .build();
    }

    private static List<Statement> storing(List<Statement> statements, Input input) {
        return statements.stream()
                .filter(s -> Statements.derivatives(List.of(s)).stream().anyMatch(d -> d.input() == input))
                .toList();
    }

    private static boolean setsAll(Statement.Loop loop, Input input) {
        return loop.extent() instanceof Expr.Extent e
                && e.input() == input
                && e.axis() == 1
                && storing(loop.body(), input).getFirst() instanceof Statement.StoreDerivative d
                && d.mode() == Statement.Mode.SET
                && d.indices().getLast() == loop.index();
    }

    /** How many columns from the first on are set by their numbers. */
    private static int numbered(List<Statement> stores) {
        Set<Integer> set = new HashSet<>();
        for (Statement statement : stores) {
            if (!(statement instanceof Statement.StoreDerivative d)
                    || !(d.indices().getLast() instanceof Expr.IntConstant column)
                    || d.mode() == Statement.Mode.ADD && !set.contains(column.value())) {
                return 0;
            }
            set.add(column.value());
        }
        int columns = 0;
        while (set.contains(columns)) {
            columns++;
        }
        return columns;
    }
}
