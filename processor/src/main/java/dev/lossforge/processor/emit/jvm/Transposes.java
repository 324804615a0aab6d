package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Transposed copies of tables of two axes, for loops that read columns of them: vectors need neighbours. A copy is made
 * before the first outermost loop that wants it, and holds until a statement writes to the table.
 */
final class Transposes {
    private final ScalarCode scalars;
    private final RowKernel kernel;
    private final Map<String, String> arrays = new HashMap<>();

    Transposes(ScalarCode scalars, RowKernel kernel) {
        this.scalars = scalars;
        this.kernel = kernel;
    }

    /** The array of a table's transposed copy, where there is one. */
    Optional<String> of(Buffer table) {
        return Optional.ofNullable(arrays.get(table.name()));
    }

    /** The copies that an outermost statement wants. */
    CodeBlock before(Statement statement) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (statement instanceof Statement.Loop loop) {
            wanted(loop).values().stream()
                    .filter(table -> !arrays.containsKey(table.name()))
                    .forEach(table -> code.add(copy(table)));
        }
        return code.build();
    }

    private CodeBlock copy(Buffer table) {
        CodeBlock rows = scalars.of(table.extents().getFirst()).code();
        CodeBlock columns = scalars.of(table.extents().getLast()).code();
        String array = kernel.memory(table, List.of("transposed", table.name()), table.name() + "Columns");
        arrays.put(table.name(), array);
        return CodeBlock.builder()
                .addStatement(
                        "$T.transpose($L, $L, $L, $L)",
                        RuntimeTypes.MATRIX_PRODUCTS,
                        rows,
                        columns,
                        kernel.buffer(table),
                        array)
                .build();
    }

    /** Tables of which innermost loops read columns, and which nothing inside the loop writes. */
    private static Map<String, Buffer> wanted(Statement.Loop outermost) {
        Map<String, Buffer> wanted = new LinkedHashMap<>();
        List<Statement> all = new ArrayList<>(List.of(outermost));
        Statements.forEach(outermost.body(), all::add);
        for (Statement statement : all) {
            if (statement instanceof Statement.Loop loop) {
                Set<Buffer> columns = new LinkedHashSet<>();
                for (Statement s : loop.body()) {
                    if (s instanceof Statement.Recall r && isColumn(r, loop.index())) {
                        columns.add(r.buffer());
                    }
                }
                if (!columns.isEmpty() && ColumnLoop.fits(loop, columns::contains)) {
                    columns.forEach(table -> wanted.put(table.name(), table));
                }
            }
        }
        written(outermost).forEach(wanted::remove);
        return wanted;
    }

    /** Whether the lanes of a loop read successive entries of one column. */
    static boolean isColumn(Statement.Recall recall, Expr.Index lane) {
        return recall.buffer().type() == Type.FLOAT
                && recall.indices().size() == 2
                && ColumnLoop.endsIn(recall.indices().reversed(), lane);
    }

    /** Forgets the copies of what an outermost statement has written. */
    void after(Statement statement) {
        written(statement).forEach(arrays::remove);
        if (statement instanceof Statement.Product p
                && p.target() instanceof Statement.ToBuffer target
                && p.otherwise().isEmpty()
                && isSymmetric(p)) {
            arrays.put(target.buffer().name(), kernel.buffer(target.buffer()));
        }
    }

    /** Whether a matrix meets its own transpose; each entry and its mirror image are then the same bits. */
    private static boolean isSymmetric(Statement.Product p) {
        Statement.Operand left = p.terms().left();
        Statement.Operand right = p.terms().right();
        return !(p.terms() instanceof Statement.WeightedDifferences)
                && left.source().equals(right.source())
                && left.matrix().input() == right.matrix().input()
                && left.isContiguousIn(p.row()) == right.isContiguousIn(p.column())
                && left.isContiguousIn(p.inner()) == right.isContiguousIn(p.inner());
    }

    private static Set<String> written(Statement outermost) {
        Set<String> written = new HashSet<>();
        Statements.forEach(List.of(outermost), s -> {
            if (s instanceof Statement.Keep k) {
                written.add(k.buffer().name());
            } else if (s instanceof Statement.Product p && p.target() instanceof Statement.ToBuffer b) {
                written.add(b.buffer().name());
            }
        });
        return written;
    }
}
