package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.UnitRange;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel body in which each lane is a unit: an element, a short row, or a small matrix, whose entries stand in
 * columns. Loops stay loops; what stands between them is a vector loop over the units of a tile.
 */
final class TileKernel {
    /** The units that a kernel is for: all, or those of weight 1 in ranges that fill a vector. */
    enum Units {
        WEIGHTED,
        EQUAL
    }

    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final TileMemory memory;
    private final LaneLines lines;
    private final Fallback fallback;
    private final String name;

    private TileKernel(
            LoopNest nest,
            List<Statement> statements,
            String name,
            VectorClass vectors,
            String scalarKernel,
            Units units) {
        this.name = name;
        this.scope = new KernelScope(nest, "frame", "from", "to", "at", "n", "k", "unit", "total", "size", "scale");
        this.scalars = new ScalarCode(scope);
        this.calls = new VectorCalls(scope, vectors, name, "size", units == Units.EQUAL);
        this.fallback = new Fallback(scope, statements, scalarKernel);
        this.memory = new TileMemory(
                scope, scalars, calls, units == Units.EQUAL ? new EqualUnits() : new WeightedUnits(scope));
        this.lines = new LaneLines(scope, scalars, calls, memory, statements, fallback::check);
    }

    /** Whether each unit does the same steps. */
    static boolean fits(LoopNest nest, List<Statement> statements) {
        List<Boolean> misfits = new ArrayList<>();
        Statements.forEach(statements, s -> {
            boolean uneven = s instanceof Statement.Loop l
                    && Statements.contains(l.extent(), n -> n instanceof Expr.Load || n instanceof Expr.Local);
            boolean unsupported = s instanceof Statement.Accumulate a && !VectorLoop.supports(a);
            boolean ofMatrixParameter = s instanceof Statement.StoreDerivative d
                    && d.input().rank() > 1
                    && d.input().role() == Role.PARAMETER;
            boolean product = s instanceof Statement.Product;
            boolean sort = s instanceof Statement.Sort;
            misfits.add(sort || product || uneven || unsupported || ofMatrixParameter || isScattered(s));
        });
        return nest.formula().scope() != Scope.BATCH && !misfits.contains(true) && !looksUp(statements, 0);
    }

    /**
     * Whether a loop within a loop reads an entry of a matrix at an index that differs from unit to unit, as sequence
     * losses read classes of labels. Scalar code for each unit would take the most time there.
     */
    private static boolean looksUp(List<Statement> statements, int depth) {
        return statements.stream()
                .anyMatch(s -> s instanceof Statement.Loop l
                        ? looksUp(l.body(), depth + 1)
                        : depth > 1 && Statements.expressions(s).stream().anyMatch(TileKernel::looksUp));
    }

    private static boolean looksUp(Expr value) {
        return Statements.contains(
                value,
                node -> node instanceof Expr.Load load
                        && load.input().rank() > 1
                        && load.input().role() != Role.PARAMETER
                        && load.indices().stream().anyMatch(TileKernel::differs));
    }

    /** Whether an index differs from unit to unit. */
    private static boolean differs(Expr index) {
        return Statements.contains(index, node -> node instanceof Expr.Load || node instanceof Expr.Local);
    }

    /** Whether the place of a buffer that a statement touches differs from unit to unit. */
    private static boolean isScattered(Statement statement) {
        List<Expr> indices = switch (statement) {
            case Statement.Keep k -> k.indices();
            case Statement.Recall r -> r.indices();
            default -> List.of();
        };
        return indices.stream().anyMatch(TileKernel::differs);
    }

    /**
     * The method that evaluates some statements for a range of units.
     *
     * @param scalarKernel the method that does the same one by one
     * @param units which units and ranges it is for
     */
    static MethodSpec method(
            LoopNest nest,
            List<Statement> statements,
            String name,
            VectorClass vectors,
            String scalarKernel,
            Units units) {
        return new TileKernel(nest, statements, name, vectors, scalarKernel, units).method(statements);
    }

    private MethodSpec method(List<Statement> statements) {
        CodeBlock body = lines.block(statements);
        CodeBlock head = CodeBlock.builder()
                .add(fallback.head())
                .addStatement("int size = $T.units($L, to - from)", RuntimeTypes.BLOCK, memory.entries())
                .add(calls.declarations())
                .add(memory.head())
                .build();
        return UnitRange.kernel(name)
                .addCode(scope.head())
                .addCode(head)
                .addStatement("double total = 0")
                .beginControlFlow("for (int at = from, n; at < to; at += n)")
                .addStatement("n = $T.next(size, to - at)", RuntimeTypes.BLOCK)
                .addCode(memory.loads())
                .addCode(body)
                .addCode(memory.stores())
                .endControlFlow()
                .addCode(calls.end())
                .addStatement("return total")
                .build();
    }
}
