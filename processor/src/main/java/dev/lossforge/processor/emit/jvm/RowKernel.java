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
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Fallback fallback;
    private final ParallelLoops parallel;
    private final Transposes transposes;
    private final String name;
    private Section section;
    /** The number of loops around the next statement. */
    private int depth;

    private RowKernel(
            LoopNest nest,
            List<Statement> statements,
            String name,
            Optional<VectorClass> vectors,
            String scalarKernel) {
        this.scope = new KernelScope(nest, "frame", "from", "to", "unit", "n", "k", "total", "scale");
        this.scalars = new ScalarCode(scope);
        this.target = vectors;
        this.fallback = new Fallback(scope, statements, scalarKernel);
        this.parallel = new ParallelLoops(statements);
        this.transposes = new Transposes(scalars, this);
        this.name = name;
        this.section = new Section(Set.of(), Optional.empty());
    }

    /** What one thread runs: the kernel itself, or a part of the rounds of a loop. */
    private final class Section {
        private final Optional<VectorCalls> vectors = target.map(t -> new VectorCalls(scope, t, name, "Block.SIZE"));
        private final CodeBlock.Builder head = CodeBlock.builder();
        private final Map<Object, String> declared = new HashMap<>();
        private final Set<String> buffers;
        private final Optional<String> failed;

        /**
         * @param buffers those that belong to this section alone
         * @param failed a flag to set where scalar code must compute everything instead; none in the kernel itself
         */
        Section(Set<String> buffers, Optional<String> failed) {
            this.buffers = buffers;
            this.failed = failed;
        }

        CodeBlock declarations() {
            CodeBlock.Builder code = CodeBlock.builder();
            vectors.ifPresent(calls -> code.add(calls.declarations()));
            return code.add(head.build()).build();
        }
    }

    /** The method that evaluates some statements for a range of units by scalar code. */
    static MethodSpec scalar(LoopNest nest, List<Statement> statements, String name) {
        return new RowKernel(nest, statements, name, Optional.empty(), name).method(statements);
    }

    /**
     * The method that evaluates some statements for a range of units, innermost loops by vector loops.
     *
     * @param scalarKernel the method that does the same by scalar code
     */
    static MethodSpec vectorized(
            LoopNest nest, List<Statement> statements, String name, VectorClass vectors, String scalarKernel) {
        return new RowKernel(nest, statements, name, Optional.of(vectors), scalarKernel).method(statements);
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
                line(
                        "$T $L = $L",
                        Operations.javaType(d.local().type()),
                        scope.local(d.local()),
                        scalars.of(d.value()));
            case Statement.Loop l -> loop(l);
            case Statement.Start s -> start(s);
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Finish f -> finish(f);
            case Statement.Running r -> running(r);
            case Statement.Sort s ->
                line(
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
        if (target.isPresent()
                && section.failed.isEmpty()
                && depth == 0 // a thread cannot see the index of a loop around it
                && scope.formulaScope() == Scope.BATCH
                && ParallelLoops.isDivisible(loop)) {
            return divided(loop);
        }
        if (section.vectors.isPresent()
                && ColumnLoop.fits(loop, b -> transposed(b).isPresent())) {
            return new ColumnLoop(scope, scalars, section.vectors.get(), this, loop)
                    .emit("0", scalars.of(loop.extent()).in(Strength.SUM));
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

    /** A loop whose rounds are divided among threads; each has variables of its own for what it reduces. */
    private CodeBlock divided(Statement.Loop loop) {
        List<Statement.Accumulate> taken = ParallelLoops.taken(loop);
        Section outer = section;
        String failed = scope.fresh("failed");
        section = new Section(parallel.ownBuffers(loop), Optional.of(failed));
        String parts = scope.fresh("parts");
        String partial = scope.fresh("partial");
        String part = scope.fresh("part");
        String first = scope.fresh("first");
        String last = scope.fresh("last");
        CodeBlock.Builder after = CodeBlock.builder();
        CodeBlock.Builder begin = CodeBlock.builder();
        CodeBlock.Builder end = CodeBlock.builder();
        Map<Expr.Local, String> shared = new LinkedHashMap<>();
        for (Statement.Accumulate a : taken) {
            shared.put(
                    a.accumulator(),
                    scope.rename(a.accumulator(), scope.fresh(a.accumulator().name())));
            String entry = partial + "[" + part + " * " + taken.size() + " + " + (shared.size() - 1) + "]";
            begin.add(start(new Statement.Start(a.accumulator(), a.op())));
            end.addStatement("$L = $L", entry, scope.local(a.accumulator()));
        }
        CodeBlock body = rounds(loop, first, last);
        shared.forEach(scope::rename);
        for (int i = 0; i < taken.size(); i++) {
            after.add(join(taken.get(i), CodeBlock.of("$L[$L * $L + $L]", partial, part, taken.size(), i)));
        }
        CodeBlock declarations = section.declarations();
        section = outer;
        CodeBlock extent = scalars.of(loop.extent()).in(Strength.SUM);
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("int $L = $T.parts($L, $L)", parts, RuntimeTypes.PARALLEL, extent, work(loop))
                .addStatement("boolean[] $L = new boolean[1]", failed);
        if (!taken.isEmpty()) {
            code.addStatement("double[] $L = new double[$L * $L]", partial, parts, taken.size());
        }
        code.beginControlFlow("$T.run($L, $L, ($L, $L, $L) ->", RuntimeTypes.PARALLEL, parts, extent, part, first, last)
                .add(declarations)
                .add(begin.build())
                .add(body)
                .add(end.build())
                .endControlFlow(")")
                .add(fallback.check(CodeBlock.of("$L[0]", failed)));
        if (!taken.isEmpty()) {
            code.beginControlFlow("for (int $L = 0; $L < $L; $L++)", part, part, parts, part)
                    .add(after.build())
                    .endControlFlow();
        }
        return code.build();
    }

    private CodeBlock rounds(Statement.Loop loop, String first, String last) {
        if (section.vectors.isPresent()
                && ColumnLoop.fits(loop, b -> transposed(b).isPresent())) {
            return new ColumnLoop(scope, scalars, section.vectors.get(), this, loop)
                    .emit(first, CodeBlock.of("$L", last));
        }
        String index = scope.index(loop.index());
        return CodeBlock.builder()
                .beginControlFlow("for (int $L = $L; $L < $L; $L++)", index, first, index, last, index)
                .add(statements(loop.body()))
                .endControlFlow()
                .build();
    }

    /** About how many operations all rounds of a loop make. */
    private CodeBlock work(Statement.Loop loop) {
        List<CodeBlock> factors = new ArrayList<>();
        factors.add(CodeBlock.of("$LL", loop.body().size()));
        ParallelLoops.deepest(loop)
                .forEach(extent -> factors.add(scalars.of(extent).above(Strength.PRODUCT)));
        return CodeBlock.join(factors, " * ");
    }

    /** Takes what one part of the rounds has reduced into the accumulator of all. */
    private CodeBlock join(Statement.Accumulate a, CodeBlock entry) {
        String accumulator = scope.local(a.accumulator());
        boolean ints = a.accumulator().type() == Type.INT;
        CodeBlock value = ints ? CodeBlock.of("(int) $L", entry) : entry;
        CodeBlock extreme = CodeBlock.of(ints ? "(int) $L" : "(float) $L", entry);
        return switch (a.op()) {
            case SUM -> line("$L += $L", accumulator, value);
            case PRODUCT -> line("$L *= $L", accumulator, value);
            case MAX -> line("$L = $T.max($L, $L)", accumulator, Math.class, accumulator, extreme);
            case MIN -> line("$L = $T.min($L, $L)", accumulator, Math.class, accumulator, extreme);
            case ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(a.op());
        };
    }

    /** After a vector loop: leaves the kernel, or this part of a loop, if the loop's result says so. */
    CodeBlock check(int result) {
        return leave(CodeBlock.of("$L[$L] != 0", section.vectors.orElseThrow().results(), result));
    }

    private CodeBlock leave(CodeBlock condition) {
        return section.failed
                .map(flag -> CodeBlock.builder()
                        .beginControlFlow("if ($L)", condition)
                        .addStatement("$L[0] = true", flag)
                        .addStatement("return")
                        .endControlFlow()
                        .build())
                .orElseGet(() -> fallback.check(condition));
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
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(start.op());
            case ARG_MAX, ARG_MIN -> line("$L.start()", object(start.accumulator(), RuntimeTypes.ARG_MAX));
        };
    }

    /** An accumulator that is an object, made once for all units. */
    private String object(Expr.Local accumulator, ClassName type) {
        String variable = scope.local(accumulator);
        section.declared.computeIfAbsent(List.of("object", variable), key -> {
            section.head.addStatement("$T $L = new $T()", type, variable, type);
            return variable;
        });
        return variable;
    }

    private String sorting() {
        return section.declared.computeIfAbsent("sorting", key -> {
            String variable = scope.fresh("sorting");
            section.head.addStatement("$T $L = new $T()", RuntimeTypes.SORTING, variable, RuntimeTypes.SORTING);
            return variable;
        });
    }

    private CodeBlock accumulate(Statement.Accumulate a) {
        String accumulator = scope.local(a.accumulator());
        Term value = scalars.of(a.value());
        return switch (a.op()) {
            case SUM -> line("$L += $L", accumulator, value);
            case PRODUCT -> line("$L *= $L", accumulator, value);
            case MAX -> line("$L = $T.max($L, $L)", accumulator, Math.class, accumulator, value);
            case MIN -> line("$L = $T.min($L, $L)", accumulator, Math.class, accumulator, value);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(a.op());
            case ARG_MAX -> line("$L.add($L, $L)", accumulator, value, scope.index(a.position()));
            case ARG_MIN -> line("$L.add(-($L), $L)", accumulator, value, scope.index(a.position()));
        };
    }

    private CodeBlock running(Statement.Running r) {
        String cast = r.op() == ReduceOp.SUM ? "(float) " : "";
        return line("float $L = $L$L", scope.local(r.result()), cast, scope.local(r.accumulator()));
    }

    private CodeBlock finish(Statement.Finish f) {
        String accumulator = scope.local(f.accumulator());
        String result = scope.local(f.result());
        boolean ints = f.accumulator().type() == Type.INT;
        return switch (f.op()) {
            case SUM, PRODUCT -> line(ints ? "int $L = $L" : "float $L = (float) $L", result, accumulator);
            case MAX, MIN -> line("$T $L = $L", Operations.javaType(f.result().type()), result, accumulator);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(f.op());
            case ARG_MAX, ARG_MIN -> line("int $L = $L.position()", result, accumulator);
        };
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
        if (!section.buffers.contains(buffer.name())) {
            return scope.declared(key, suggestion, declaration, size);
        }
        return section.declared.computeIfAbsent(key, k -> {
            String array = scope.fresh(suggestion);
            section.head.addStatement(declaration, array, size);
            return array;
        });
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

    /** Where a row of a buffer begins. */
    private Term row(Statement.Row row) {
        List<Expr> indices = new ArrayList<>(row.indices());
        indices.add(scope.exprs().constant(0));
        return position(row.buffer(), indices);
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
        if (input.rank() == 0) {
            return line("$L[unit] = 0f", derivative);
        }
        Term offset = scalars.unitOffset(input);
        Term size = Term.atom("frame.unitSize($L)", input.position());
        return line("$T.fill($L, $L, $L, 0f)", Arrays.class, derivative, offset, Operations.plus(offset, size));
    }

    private CodeBlock store(Statement.StoreDerivative s) {
        return store(s, Operations.binary(BinaryOp.MULTIPLY, scalars.of(s.value()), Term.atom("scale")), scalars);
    }

    /** Stores a value, scaled already, at the indices of a derivative, if they lie inside. */
    CodeBlock store(Statement.StoreDerivative s, Term value, ScalarCode scalars) {
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
        List<CodeBlock> inside = new ArrayList<>();
        for (int axis = 0; axis < s.indices().size(); axis++) {
            Expr index = s.indices().get(axis);
            if (!scope.isInside(index, s.input(), axis)) {
                CodeBlock position = scalars.of(index).in(Strength.SUM);
                boolean constant = index instanceof Expr.IntConstant c && c.value() >= 0;
                inside.add(CodeBlock.of(
                        constant ? "" : "$L >= 0 && ", constant ? new Object[0] : new Object[] {position}));
                inside.add(CodeBlock.of("$L < $L && ", position, scope.extent(s.input(), axis)));
            }
        }
        String condition = CodeBlock.join(inside, "").toString();
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", condition.substring(0, condition.length() - " && ".length()))
                .add(store)
                .endControlFlow()
                .build();
    }
}
