package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The calls in which all matrices have many short rows, with all columns that the formula names by their numbers. Then
 * {@link StripLoop strips} of rows run side by side.
 */
final class TallMatrices {
    /** With fewer rows, a strip of them is not worth its copies. */
    private static final int FEWEST_ROWS = 64;

    private TallMatrices() {}

    /** Whether an index is the number of a column. */
    static boolean isNumbered(Expr index) {
        return index instanceof Expr.IntConstant c && c.value() >= 0;
    }

    /**
     * The condition on the shapes of a call.
     *
     * @param longest the most columns, for tests, which have a few rows
     */
    static Term at(Formula formula, List<Statement> statements, OptionalInt longest) {
        List<CodeBlock> conditions = new ArrayList<>();
        for (Input input : formula.inputs()) {
            if (input.role() != Role.PARAMETER && input.rank() == 2) {
                conditions.add(CodeBlock.of(
                        "frame.extent($L, 0) >= $L && frame.extent($L, 1) >= $L && frame.extent($L, 1) <= $L",
                        input.position(),
                        longest.isPresent() ? 1 : FEWEST_ROWS,
                        input.position(),
                        columns(input, statements),
                        input.position(),
                        longest.orElse(ShortExtents.LONGEST)));
            }
        }
        return Term.atom("$L", CodeBlock.join(conditions, " && "));
    }

    /** The number of columns that statements need. */
    private static int columns(Input input, List<Statement> statements) {
        List<Expr> last = new ArrayList<>();
        Statements.forEach(statements, s -> {
            if (s instanceof Statement.StoreDerivative d && d.input() == input) {
                last.add(d.indices().getLast());
            }
            for (Expr node : ExprNodes.of(Statements.expressions(s))) {
                if (node instanceof Expr.Load load && load.input() == input) {
                    last.add(load.indices().getLast());
                }
            }
        });
        return 1
                + last.stream()
                        .filter(TallMatrices::isNumbered)
                        .mapToInt(index -> ((Expr.IntConstant) index).value())
                        .max()
                        .orElse(0);
    }
}
