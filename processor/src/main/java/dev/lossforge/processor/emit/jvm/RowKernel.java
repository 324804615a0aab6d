package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.UnitRange;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.LongAxisLast;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.NonPositive;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel body in which units follow each other: scalars of the loop nest are local variables. With a vector class
 * an innermost loop is a vector loop over its index ({@link ColumnLoop}); without one it is what a person would write.
 */
final class RowKernel {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final Optional<VectorClass> target;
    private final Optional<ShortExtents> shortExtents;
    private final Fallback fallback;
    private final ParallelLoops parallel;
    private final Transposes transposes;
    private final ScalarAccumulators accumulators;
    private final DerivativeStores derivatives;
    private final NonPositive nonPositive;
    private final String name;
    private final Set<String> tables = new LinkedHashSet<>();
    private KernelSection section;
    /** The number of loops around the next statement. */
    private int depth;

    private RowKernel(
            LoopNest nest,
            List<Statement> statements,
            String name,
            Optional<VectorClass> vectors,
            Optional<ShortExtents> shortExtents,
            String scalarKernel) {
        this.scope = new KernelScope(nest, "frame", "from", "to", "unit", "n", "k", "total", "scale");
        this.scalars = new ScalarCode(scope);
        this.target = vectors;
        this.shortExtents = shortExtents;
        this.fallback = new Fallback(scope, statements, scalarKernel);
        this.parallel = new ParallelLoops(statements);
        this.transposes = new Transposes(scalars, this);
        this.name = name;
        this.accumulators = new ScalarAccumulators(scope, scalars);
        this.derivatives = new DerivativeStores(scope, scalars);
        this.nonPositive = NonPositive.of(statements);
        this.section = section(Set.of(), Optional.empty());
    }

    boolean isNonPositive(Expr node) {
        return nonPositive.holds(node);
    }

    private KernelSection section(Set<String> buffers, Optional<String> failed) {
        return new KernelSection(
                buffers, target.map(t -> new VectorCalls(scope, t, name, "Block.SIZE", false)), failed);
    }

    /** The method that evaluates some statements for a range of units by scalar code. */
    static MethodSpec scalar(LoopNest nest, List<Statement> statements, String name) {
        return new RowKernel(nest, statements, name, Optional.empty(), Optional.empty(), name).method(statements);
    }

    /**
     * The method that evaluates some statements for a range of units, innermost loops by vector loops.
     *
     * @param scalarKernel the method that does the same by scalar code
     */
    static MethodSpec vectorized(
            LoopNest nest, List<Statement> statements, String name, VectorClass vectors, String scalarKernel) {
        return new RowKernel(nest, statements, name, Optional.of(vectors), Optional.empty(), scalarKernel)
                .method(statements);
    }

    /** The same where long loops over rows are {@linkplain StripLoop strips}, if the extents are short at the call. */
    static MethodSpec inStrips(
            LoopNest nest,
            List<Statement> statements,
            String name,
            VectorClass vectors,
            ShortExtents extents,
            String scalarKernel) {
        List<Statement> exchanged = LongAxisLast.of(statements, extents::isShort);
        return new RowKernel(nest, exchanged, name, Optional.of(vectors), Optional.of(extents), scalarKernel)
                .method(exchanged);
    }

    /** Whether any loop of some statements can be a strip. */
    static boolean hasStrips(List<Statement> statements, ShortExtents extents) {
        List<Statement> exchanged = LongAxisLast.of(statements, extents::isShort);
        ParallelLoops loops = new ParallelLoops(exchanged);
        List<Boolean> found = new ArrayList<>();
        Statements.forEach(
                exchanged,
                s -> found.add(s instanceof Statement.Loop loop
                        && StripLoop.fits(loop, extents::isShort, loops.ownBuffers(loop))));
        return found.contains(true);
    }

    /** Whether any loop of some statements can be a vector loop. */
    static boolean isVectorizable(List<Statement> statements) {
        List<Boolean> found = new ArrayList<>();
        Statements.forEach(
                statements, s -> found.add(s instanceof Statement.Loop loop && ColumnLoop.fits(loop, b -> false)));
        return found.contains(true);
    }

    private MethodSpec method(List<Statement> statements) {
        CodeBlock body = outermost(statements);
        CodeBlock skip = scope.formulaScope() == Scope.BATCH ? CodeBlock.of("") : skipUnweighted(statements);
        CodeBlock saved = fallback.head();
        CodeBlock.Builder code =
                CodeBlock.builder().add(scope.head()).add(saved).add(section.declarations());
        code.addStatement("double total = 0")
                .beginControlFlow("for (int unit = from; unit < to; unit++)")
                .add(skip);
        if (Statements.storesDerivatives(statements)) {
            code.addStatement("float scale = frame.scale(unit)");
        }
        code.add(body).endControlFlow();
        return UnitRange.kernel(name)
                .addCode(code.add(VectorCalls.end(tables))
                        .addStatement("return total")
                        .build())
                .build();
    }

    /** A unit of weight 0 is not even looked at. */
    private CodeBlock skipUnweighted(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("if (frame.weight(unit) == 0)");
        for (Statements.Derivative d : Statements.derivatives(statements)) {
            if (d.input().role() != Role.PARAMETER) {
                code.add(derivatives.cleared(d.order(), d.input()));
            }
        }
        return code.addStatement("frame.take(unit, 0f)")
                .addStatement("continue")
                .endControlFlow()
                .build();
    }

    private CodeBlock outermost(List<Statement> statements) {
        if (target.isEmpty() || scope.formulaScope() != Scope.BATCH) {
            return statements(statements);
        }
        CodeBlock.Builder code = CodeBlock.builder();
        for (Statement statement : statements) {
            code.add(transposes.before(statement)).add(statement(statement));
            transposes.after(statement);
        }
        return code.build();
    }

    DerivativeStores derivatives() {
        return derivatives;
    }

    /** The array of a table's transposed copy, where there is one. */
    Optional<String> transposed(Buffer table) {
        return transposes.of(table);
    }

    CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder();
        statements.forEach(s -> code.add(statement(s)));
        return code.build();
    }

    private CodeBlock statement(Statement statement) {
        if (target.isEmpty() || statement instanceof Statement.Loop) {
            return code(statement);
        }
        CodeBlock.Builder code = CodeBlock.builder();
        Statements.expressions(statement).forEach(e -> code.add(leaveForRareRoots(e, scalars)));
        return code.add(code(statement)).build();
    }

    /** Leaves the kernel in front of scalar code for an expression whose roots may be of squares that overflowed. */
    CodeBlock leaveForRareRoots(Expr node, ScalarCode written) {
        return RareRoots.check(node, written, this::leave);
    }

    private CodeBlock code(Statement statement) {
        return switch (statement) {
            case Statement.Define d ->
                Term.statement(
                        "$T $L = $L",
                        Operations.javaType(d.local().type()),
                        scope.local(d.local()),
                        scalars.of(d.value()));
            case Statement.Loop l -> loop(l);
            case Statement.Start s -> accumulators.start(s, section);
            case Statement.Accumulate a -> accumulators.accumulate(a);
            case Statement.Finish f -> accumulators.finish(f);
            case Statement.Running r -> accumulators.running(r);
            case Statement.Sort s ->
                Term.statement(
                        "$L.$L($L, $L, $L, $L, $L)",
                        sorting(),
                        OperationNames.of(s.op()),
                        buffer(s.source().buffer()),
                        row(s.source()),
                        buffer(s.target().buffer()),
                        row(s.target()),
                        scalars.of(s.count()));
            case Statement.Product p -> new ProductCode(scope, scalars, this, target.isPresent()).emit(p);
            case Statement.Keep k ->
                Term.statement(
                        "$L[$L] = $L", buffer(k.buffer()), position(k.buffer(), k.indices()), scalars.of(k.value()));
            case Statement.Recall r ->
                Term.statement(
                        "$T $L = $L[$L]",
                        Operations.javaType(r.result().type()),
                        scope.local(r.result()),
                        buffer(r.buffer()),
                        position(r.buffer(), r.indices()));
            case Statement.StoreValue v -> Term.statement("total += frame.take(unit, $L)", scalars.of(v.value()));
            case Statement.StoreDerivative s -> derivatives.guarded(s.order(), s.input(), derivatives.store(s));
            case Statement.Clear c ->
                c.input().role() == Role.PARAMETER ? CodeBlock.of("") : derivatives.cleared(c.order(), c.input());
        };
    }

    private CodeBlock loop(Statement.Loop loop) {
        if (target.isPresent()
                && section.failed().isEmpty()
                && depth == 0 // a thread cannot see the index of a loop around it
                && scope.formulaScope() == Scope.BATCH
                && ParallelLoops.isDivisible(loop)) {
            return divided(loop);
        }
        Optional<CodeBlock> lanes = section.vectors().isEmpty()
                ? Optional.empty()
                : inLanes(loop, "0", scalars.of(loop.extent()).in(Strength.SUM));
        if (lanes.isPresent()) {
            return lanes.get();
        }
        depth++;
        CodeBlock body = statements(loop.body());
        depth--;
        return CodeBlock.builder()
                .beginControlFlow("$L", LoopHead.of(loop, scope.index(loop.index()), scalars))
                .add(body)
                .endControlFlow()
                .build();
    }

    /** A loop whose rounds are divided among threads. */
    private CodeBlock divided(Statement.Loop loop) {
        KernelSection outer = section;
        String failed = scope.fresh("failed");
        section = section(parallel.ownBuffers(loop), Optional.of(failed));
        CodeBlock code = new DividedLoop(scope, scalars, accumulators, this, loop, failed).emit(section, fallback);
        section = outer;
        return code;
    }

    /** The rounds of a loop as lanes, if they can be here, from one to the one behind the last. */
    Optional<CodeBlock> inLanes(Statement.Loop loop, String from, CodeBlock to) {
        return section.vectors()
                .flatMap(vectors -> strip(loop, vectors)
                        .map(strip -> strip.emit(from, to))
                        .or(() -> columns(loop, vectors).map(columns -> columns.emit(from, to))));
    }

    private Optional<StripLoop> strip(Statement.Loop loop, VectorCalls vectors) {
        Set<String> own = parallel.ownBuffers(loop);
        return shortExtents
                .filter(extents -> StripLoop.fits(loop, extents::isShort, own))
                .map(extents -> new StripLoop(scope, scalars, vectors, this, loop, own));
    }

    private Optional<ColumnLoop> columns(Statement.Loop loop, VectorCalls vectors) {
        return ColumnLoop.fits(loop, b -> transposed(b).isPresent())
                ? Optional.of(new ColumnLoop(scope, scalars, vectors, this, loop))
                : Optional.empty();
    }

    /** Leaves the kernel, or this part of a loop, under a condition. */
    CodeBlock leave(CodeBlock condition) {
        return section.failed()
                .map(flag -> CodeBlock.builder()
                        .beginControlFlow("if ($L)", condition)
                        .addStatement("$L[0] = true", flag)
                        .addStatement("return")
                        .endControlFlow()
                        .build())
                .orElseGet(() -> fallback.check(condition));
    }

    private String sorting() {
        return section.object("sorting", () -> scope.fresh("sorting"), RuntimeTypes.SORTING);
    }

    /** The array of a buffer. */
    String buffer(Buffer buffer) {
        return memory(buffer, List.of("buffer", buffer.name()), buffer.name());
    }

    /** An array as large as a buffer, and of the same section. */
    String memory(Buffer buffer, List<String> key, String suggestion) {
        CodeBlock size = buffer.extents().stream()
                .map(e -> scalars.of(e).above(Strength.PRODUCT))
                .collect(CodeBlock.joining(" * "));
        String declaration = buffer.type() == Type.INT ? "int[] $L = new int[$L]" : "float[] $L = new float[$L]";
        if (section.owns(buffer.name())) {
            return section.declared(
                    key, () -> scope.fresh(suggestion), array -> Term.statement(declaration, array, size));
        }
        if (target.isEmpty() || buffer.type() == Type.INT) {
            return scope.declared(key, suggestion, declaration, size);
        }
        String table = scope.declared(key, suggestion, "float[] $L = $T.floats($L)", RuntimeTypes.TABLES, size);
        tables.add(table);
        return table;
    }

    /** The row-major position in a buffer. */
    Term position(Buffer buffer, List<Expr> indices) {
        return Operations.rowMajor(
                indices.stream().map(scalars::of).toList(),
                buffer.extents().stream().map(scalars::of).toList());
    }

    /** Where a row of a buffer begins. */
    private Term row(Statement.Row row) {
        List<Expr> indices = new ArrayList<>(row.indices());
        indices.add(scope.exprs().constant(0));
        return position(row.buffer(), indices);
    }
}
