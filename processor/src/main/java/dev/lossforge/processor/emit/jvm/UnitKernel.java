package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.UnitRange;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Softmaxes;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.Arrays;
import java.util.List;

/**
 * The kernel body in which units follow each other: scalars of the loop nest are local variables, and an innermost loop
 * runs on blocks of its index ({@link LaneLoop}) where it can, value by value where it cannot.
 */
final class UnitKernel {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final StageMethods stages;
    private final String name;
    private final RowSoftmaxCode softmaxes;

    private UnitKernel(LoopNest nest, List<Statement> statements, String name, StageMethods stages) {
        this.scope = new KernelScope(nest, "frame", "from", "to", "unit", "n", "total", "scale");
        this.scalars = new ScalarCode(scope);
        this.blocks = new BlockNames(scope, CodeBlock.of("$T.SIZE", RuntimeTypes.BLOCKS));
        this.stages = stages;
        this.name = name;
        this.softmaxes =
                new RowSoftmaxCode(scope, new Softmaxes(scope.exprs(), statements, loop -> LaneLoop.fits(scope, loop)));
    }

    /** The method that evaluates some statements for a range of units. */
    static MethodSpec method(LoopNest nest, List<Statement> statements, String name, StageMethods stages) {
        return new UnitKernel(nest, statements, name, stages).method(statements);
    }

    private MethodSpec method(List<Statement> statements) {
        CodeBlock body = statements(statements);
        CodeBlock skip = scope.formulaScope() == Scope.BATCH ? CodeBlock.of("") : skipUnweighted(statements);
        CodeBlock.Builder code = CodeBlock.builder()
                .add(scope.head())
                .add(blocks.declarations())
                .addStatement("double total = 0")
                .beginControlFlow("for (int unit = from; unit < to; unit++)")
                .add(skip);
        if (Statements.storesDerivatives(statements)) {
            code.addStatement("float scale = frame.scale(unit)");
        }
        return UnitRange.kernel(name)
                .addCode(code.add(body)
                        .endControlFlow()
                        .addStatement("return total")
                        .build())
                .build();
    }

    /** A unit of weight 0 is not even looked at. */
    private CodeBlock skipUnweighted(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("if (frame.weight(unit) == 0)");
        for (Statements.Derivative d : Statements.derivatives(statements)) {
            if (d.input().role() != Role.PARAMETER) {
                code.add(guarded(d.order(), d.input(), clear(d.order(), d.input())));
            }
        }
        return code.addStatement("frame.take(unit, 0f)")
                .addStatement("continue")
                .endControlFlow()
                .build();
    }

    CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder();
        statements.forEach(s -> code.add(statement(s)));
        return code.build();
    }

    private CodeBlock statement(Statement statement) {
        return switch (statement) {
            case Statement.Define d ->
                line(
                        "$T $L = $L",
                        Operations.javaType(d.local().type()),
                        scope.local(d.local()),
                        scalars.of(d.value()));
            case Statement.Loop l -> loop(l);
            case Statement.Start s -> softmaxes.start(s).orElseGet(() -> start(s));
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Finish f -> softmaxes.finish(f).orElseGet(() -> finish(f));
            case Statement.Running r -> running(r);
            case Statement.Product p -> new ProductCode(scope, scalars, this).emit(p);
            case Statement.Keep k ->
                line("$L[$L] = $L", buffer(k.buffer()), position(k.buffer(), k.indices()), scalars.of(k.value()));
            case Statement.Recall r ->
                line(
                        "$T $L = $L[$L]",
                        Operations.javaType(r.result().type()),
                        scope.local(r.result()),
                        buffer(r.buffer()),
                        position(r.buffer(), r.indices()));
            case Statement.StoreValue v -> line("total += frame.take(unit, $L)", scalars.of(v.value()));
            case Statement.StoreDerivative s -> guarded(s.order(), s.input(), store(s));
            case Statement.Clear c ->
                c.input().role() == Role.PARAMETER
                        ? CodeBlock.of("")
                        : guarded(c.order(), c.input(), clear(c.order(), c.input()));
        };
    }

    private static CodeBlock line(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, Term.unwrap(arguments)).build();
    }

    private CodeBlock loop(Statement.Loop loop) {
        if (LaneLoop.fits(scope, loop)) {
            return new LaneLoop(scope, scalars, blocks, stages, name, this, softmaxes, loop.index()).emit(loop);
        }
        return CodeBlock.builder()
                .beginControlFlow("$L", LoopHead.of(loop, scope.index(loop.index()), scalars))
                .add(statements(loop.body()))
                .endControlFlow()
                .build();
    }

    private CodeBlock start(Statement.Start start) {
        boolean ints = start.accumulator().type() == Type.INT;
        String accumulator = scope.local(start.accumulator());
        return switch (start.op()) {
            case SUM -> line(ints ? "int $L = 0" : "double $L = 0", accumulator);
            case PRODUCT -> line(ints ? "int $L = 1" : "double $L = 1", accumulator);
            case MAX ->
                ints
                        ? line("int $L = $T.MIN_VALUE", accumulator, Integer.class)
                        : line("float $L = $T.NEGATIVE_INFINITY", accumulator, Float.class);
            case MIN ->
                ints
                        ? line("int $L = $T.MAX_VALUE", accumulator, Integer.class)
                        : line("float $L = $T.POSITIVE_INFINITY", accumulator, Float.class);
            case NORM -> throw Statements.unexpected(start.op());
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS ->
                line("$L.start()", object(start.accumulator(), RuntimeTypes.LOG_SUM_EXP));
            case ARG_MAX, ARG_MIN -> line("$L.start()", object(start.accumulator(), RuntimeTypes.ARG_MAX));
        };
    }

    /** An accumulator that is an object, made once for all units. */
    private String object(Expr.Local accumulator, ClassName type) {
        String variable = scope.local(accumulator);
        scope.declareOnce(List.of("object", variable), line("$T $L = new $T()", type, variable, type));
        return variable;
    }

    private CodeBlock accumulate(Statement.Accumulate a) {
        String accumulator = scope.local(a.accumulator());
        Term value = scalars.of(a.value());
        return switch (a.op()) {
            case SUM -> line("$L += $L", accumulator, value);
            case PRODUCT -> line("$L *= $L", accumulator, value);
            case MAX -> line("$L = $T.max($L, $L)", accumulator, Math.class, accumulator, value);
            case MIN -> line("$L = $T.min($L, $L)", accumulator, Math.class, accumulator, value);
            case NORM -> throw Statements.unexpected(a.op());
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> line("$L.add($L)", accumulator, value);
            case ARG_MAX -> line("$L.add($L, $L)", accumulator, value, scope.index(a.position()));
            case ARG_MIN -> line("$L.add(-($L), $L)", accumulator, value, scope.index(a.position()));
        };
    }

    private CodeBlock running(Statement.Running r) {
        return line("float $L = (float) $L", scope.local(r.result()), scope.local(r.accumulator()));
    }

    private CodeBlock finish(Statement.Finish f) {
        String accumulator = scope.local(f.accumulator());
        String result = scope.local(f.result());
        boolean ints = f.accumulator().type() == Type.INT;
        return switch (f.op()) {
            case SUM, PRODUCT -> line(ints ? "int $L = $L" : "float $L = (float) $L", result, accumulator);
            case MAX, MIN -> line("$T $L = $L", Operations.javaType(f.result().type()), result, accumulator);
            case NORM -> throw Statements.unexpected(f.op());
            case LOG_SUM_EXP -> line("float $L = $L.value()", result, accumulator);
            case LOG_SUM_EXP_EXCESS -> line("float $L = $L.excess()", result, accumulator);
            case ARG_MAX, ARG_MIN -> line("int $L = $L.position()", result, accumulator);
        };
    }

    /** The array of a buffer. */
    String buffer(Buffer buffer) {
        CodeBlock size = buffer.extents().stream()
                .map(e -> scalars.of(e).above(Strength.PRODUCT))
                .collect(CodeBlock.joining(" * "));
        boolean ints = buffer.type() == Type.INT;
        return scope.declared(
                List.of("buffer", buffer.name()),
                buffer.name(),
                ints ? "int[] $L = new int[$L]" : "float[] $L = new float[$L]",
                size);
    }

    /** The row-major position in a buffer. */
    Term position(Buffer buffer, List<Expr> indices) {
        Term position = Operations.constant(0);
        for (int axis = 0; axis < indices.size(); axis++) {
            Term extent = scalars.of(buffer.extents().get(axis));
            Term before = axis == 0 ? position : Operations.binary(BinaryOp.MULTIPLY, position, extent);
            position = Operations.plus(before, scalars.of(indices.get(axis)));
        }
        return position;
    }

    /** A Hessian is stored only if there is a place for it. */
    CodeBlock guarded(int order, Input input, CodeBlock statements) {
        return order == 1
                ? statements
                : CodeBlock.builder()
                        .beginControlFlow("if ($L != null)", scope.derivative(order, input))
                        .add(statements)
                        .endControlFlow()
                        .build();
    }

    private CodeBlock clear(int order, Input input) {
        String derivative = scope.derivative(order, input);
        Term offset = scalars.unitOffset(input);
        Term size = Term.atom("frame.unitSize($L)", input.position());
        return line("$T.fill($L, $L, $L, 0f)", Arrays.class, derivative, offset, Operations.plus(offset, size));
    }

    private CodeBlock store(Statement.StoreDerivative s) {
        Term value = Operations.binary(BinaryOp.MULTIPLY, scalars.of(s.value()), Term.atom("scale"));
        String operator = s.mode() == Statement.Mode.ADD || s.input().role() == Role.PARAMETER ? "+=" : "=";
        CodeBlock store = line(
                "$L[$L] $L $L",
                scope.derivative(s.order(), s.input()),
                scalars.offset(s.input(), s.indices()),
                operator,
                value);
        if (scalars.isInside(s.input(), s.indices())) {
            return store;
        }
        CodeBlock.Builder inside = CodeBlock.builder();
        for (int axis = 0; axis < s.indices().size(); axis++) {
            CodeBlock index = scalars.of(s.indices().get(axis)).in(Strength.SUM);
            inside.add("$L$L >= 0 && $L < $L", axis == 0 ? "" : " && ", index, index, scope.extent(s.input(), axis));
        }
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", inside.build())
                .add(store)
                .endControlFlow()
                .build();
    }
}
