package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Affine;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.vector.VectorFunctions;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** An innermost loop as a vector loop: the lanes are successive values of its index, a block of them at a time. */
final class ColumnLoop implements VectorExpressions.Lanes {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final RowKernel kernel;
    private final Statement.Loop source;
    private final Expr.Index lane;
    private final String start;
    private final VectorLoop loop = new VectorLoop();
    private final VectorExpressions expressions = new VectorExpressions(loop, this);
    private final CodeBlock.Builder before = CodeBlock.builder();
    private final CodeBlock.Builder after = CodeBlock.builder();
    private final Map<String, Expr> definitions = new HashMap<>();
    private final Map<String, Statement.Recall> recalls = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    ColumnLoop(KernelScope scope, ScalarCode scalars, VectorCalls calls, RowKernel kernel, Statement.Loop source) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.kernel = kernel;
        this.source = source;
        this.lane = source.index();
        this.start = scope.fresh("start");
    }

    /**
     * Whether a loop holds no other loop and nothing that needs its values one by one.
     *
     * @param transposed which buffers have a transposed copy, whose rows are their columns
     */
    static boolean fits(Statement.Loop loop, Predicate<Buffer> transposed) {
        Set<String> kept = new HashSet<>();
        return loop.rounds() != Statement.Rounds.DESCENDING
                && loop.body().stream().allMatch(s -> fits(loop, s, kept, transposed));
    }

    private static boolean fits(
            Statement.Loop loop, Statement statement, Set<String> kept, Predicate<Buffer> transposed) {
        return switch (statement) {
            case Statement.Define d -> true;
            case Statement.Accumulate a -> VectorLoop.supports(a);
            case Statement.Keep k -> {
                kept.add(k.buffer().name());
                yield endsIn(k.indices(), loop.index());
            }
            case Statement.Recall r ->
                !kept.contains(r.buffer().name())
                        && (endsIn(r.indices(), loop.index())
                                || endsBeside(r.indices(), loop.index())
                                || Transposes.isColumn(r, loop.index()) && transposed.test(r.buffer()));
            case Statement.StoreDerivative s -> true;
            case Statement.Loop l -> false;
            case Statement.Start s -> false;
            case Statement.Finish f -> false;
            case Statement.Running r -> false;
            case Statement.Sort s -> false;
            case Statement.Product p -> false;
            case Statement.StoreValue v -> false;
            case Statement.Clear c -> false;
        };
    }

    /** Whether only the last of some indices is the loop's. */
    static boolean endsIn(List<Expr> indices, Expr.Index index) {
        return !indices.isEmpty()
                && indices.getLast() == index
                && indices.subList(0, indices.size() - 1).stream()
                        .noneMatch(i -> Statements.contains(i, n -> n == index || n instanceof Expr.Local));
    }

    /** Whether the last of some indices is the loop's plus a constant, as of states after a step. */
    private static boolean endsBeside(List<Expr> indices, Expr.Index index) {
        if (indices.isEmpty()
                || !(indices.getLast() instanceof Expr.Binary sum)
                || sum.op() != BinaryOp.ADD
                || sum.left() != index
                || !(sum.right() instanceof Expr.IntConstant)) {
            return false;
        }
        List<Expr> here = new ArrayList<>(rows(indices));
        here.add(index);
        return endsIn(here, index);
    }

    /**
     * The loop from one value of its index to another.
     *
     * @param from the first value
     * @param to the value behind the last
     */
    CodeBlock emit(String from, CodeBlock to) {
        source.body().forEach(this::statement);
        CodeBlock.Builder code = CodeBlock.builder()
                .beginControlFlow(
                        "for (int $L = $L; $L < $L; $L += $T.SIZE)", start, from, start, to, start, RuntimeTypes.BLOCK)
                .addStatement("int n = $T.min($T.SIZE, $L - $L)", Math.class, RuntimeTypes.BLOCK, to, start)
                .add(before.build());
        if (!loop.effects().isEmpty()) {
            code.add(calls.call(loop, "n"));
            loop.rareResult().ifPresent(result -> code.add(kernel.check(result)));
        }
        return code.add(after.build()).endControlFlow().build();
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Define d -> define(d);
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Keep k -> loop.store(kept(k.buffer(), k.indices()), expressions.of(k.value()), false);
            case Statement.Recall r -> {
                recalls.put(r.result().name(), r);
                expressions.define(r.result(), loop.load(recalled(r)));
            }
            case Statement.StoreDerivative s -> store(s);
            case Statement.Loop l -> throw misfit(l);
            case Statement.Start s -> throw misfit(s);
            case Statement.Finish f -> throw misfit(f);
            case Statement.Running r -> throw misfit(r);
            case Statement.Sort s -> throw misfit(s);
            case Statement.Product p -> throw misfit(p);
            case Statement.StoreValue v -> throw misfit(v);
            case Statement.Clear c -> throw misfit(c);
        }
    }

    private static IllegalStateException misfit(Statement statement) {
        return new IllegalStateException(
                "not for lanes: " + statement.getClass().getSimpleName());
    }

    private void define(Statement.Define d) {
        if (expressions.isUniform(d.value())) {
            before.add(kernel.leaveForRareRoots(d.value(), scalars));
            before.addStatement(
                    "$T $L = $L",
                    Operations.javaType(d.local().type()),
                    scope.local(d.local()),
                    scalars.of(d.value()).code());
        } else {
            definitions.put(d.local().name(), d.value());
            expressions.define(d.local(), expressions.of(d.value()));
        }
    }

    private void accumulate(Statement.Accumulate a) {
        String accumulator = scope.local(a.accumulator());
        Accumulation taken = loop.accumulate(VectorLoop.Kind.of(a.op()), expressions.of(a.value()));
        int result = taken.result();
        boolean ints = taken.ints();
        switch (a.op()) {
            case SUM -> after.addStatement("$L += $L", accumulator, result(ints, result));
            case MAX -> after.addStatement("$L = Math.max($L, $L)", accumulator, accumulator, extreme(ints, result));
            case MIN -> after.addStatement("$L = Math.min($L, $L)", accumulator, accumulator, extreme(ints, result));
            case ARG_MAX, ARG_MIN ->
                after.addStatement(
                        "$L.add($L$L, $L + $T.max(0, $L))",
                        accumulator,
                        a.op() == ReduceOp.ARG_MIN ? "-" : "",
                        extreme(false, result),
                        start,
                        Math.class,
                        result(true, result + 1));
            case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw misfit(a);
        }
    }

    /** A result of the loop, which keeps all of them as doubles. */
    private String result(boolean ints, int number) {
        return (ints ? "(int) " : "") + calls.results() + "[" + number + "]";
    }

    private String extreme(boolean ints, int number) {
        return (ints ? "(int) " : "(float) ") + calls.results() + "[" + number + "]";
    }

    private void store(Statement.StoreDerivative s) {
        VectorNode scaled = loop.graph().multiply(expressions.of(s.value()), loop.uniform("scale", Type.FLOAT));
        if (s.input().role() == Role.PARAMETER && s.indices().isEmpty()) {
            Accumulation sum = loop.accumulate(VectorLoop.Kind.SUM, scaled);
            after.addStatement("$L[0] += $L", scope.derivative(s.order(), s.input()), result(false, sum.result()));
        } else if (s.input().role() != Role.PARAMETER
                && endsIn(s.indices(), lane)
                && scalars.isInside(s.input(), s.indices())) {
            Place target = new Place(
                    target(s),
                    false,
                    offset(scalars.offset(s.input(), rows(s.indices()), Term.atom("$L", start))),
                    false);
            loop.store(target, scaled, s.mode() == Statement.Mode.ADD);
        } else if (s.input().role() != Role.PARAMETER
                && s.mode() == Statement.Mode.SET
                && isColumn(s.indices())
                && scope.isInside(s.indices().getFirst(), s.input(), 0)) {
            String block = calls.block("derivatives", false);
            loop.store(VectorCalls.place(block, false), scaled, false);
            after.addStatement(
                    "$T.storeColumn($L, $L, $L, $L, $L, n)",
                    RuntimeTypes.BLOCK,
                    block,
                    target(s),
                    start,
                    scope.extent(s.input(), 1),
                    scalars.of(s.indices().getLast()).code());
        } else {
            String block = calls.block("derivatives", false);
            loop.store(VectorCalls.place(block, false), scaled, false);
            after.add(each(
                    kernel.guarded(s.order(), s.input(), kernel.store(s, Term.atom("$L[k]", block), laneScalars()))));
        }
    }

    /** The array of a derivative; of a Hessian that is not wanted, memory that nobody reads. */
    private String target(Statement.StoreDerivative s) {
        String array = scope.derivative(s.order(), s.input());
        return s.order() == 1
                ? array
                : scope.declared(
                        List.of("target", s.order(), s.input().position()),
                        array + "Target",
                        "float[] $L = $L != null ? $L : new float[frame.floats($L).length]",
                        array,
                        array,
                        s.input().position());
    }

    private static List<Expr> rows(List<Expr> indices) {
        return indices.subList(0, indices.size() - 1);
    }

    private Place recalled(Statement.Recall r) {
        if (endsIn(r.indices(), lane) || endsBeside(r.indices(), lane)) {
            return kept(r.buffer(), r.indices());
        }
        String columns = kernel.transposed(r.buffer()).orElseThrow();
        return kept(
                columns,
                r.buffer(),
                r.buffer().extents().reversed(),
                r.indices().reversed());
    }

    /** Successive entries of a buffer. */
    private Place kept(Buffer buffer, List<Expr> indices) {
        return kept(kernel.buffer(buffer), buffer, buffer.extents(), indices);
    }

    private Place kept(String array, Buffer buffer, List<Expr> extents, List<Expr> indices) {
        Term row = Operations.constant(0);
        for (int axis = 0; axis < indices.size(); axis++) {
            Term extent = scalars.of(extents.get(axis));
            Term scaled = axis == 0 ? row : Operations.binary(BinaryOp.MULTIPLY, row, extent);
            Term index = axis == indices.size() - 1 ? first(indices.get(axis)) : scalars.of(indices.get(axis));
            row = Operations.plus(axis == 0 ? Operations.constant(0) : scaled, index);
        }
        return new Place(array, buffer.type() == Type.INT, offset(row), false);
    }

    /** The last index of the first lane. */
    private Term first(Expr last) {
        Term lane = Term.atom("$L", start);
        return last instanceof Expr.Binary sum ? Operations.plus(lane, scalars.of(sum.right())) : lane;
    }

    /** A variable for where the lanes of a block begin. */
    private String offset(Term term) {
        return variable("int", "offset", term);
    }

    private String variable(String type, String suggestion, Term term) {
        return variables.computeIfAbsent(type + " " + term, key -> {
            String name = scope.fresh(suggestion);
            before.addStatement("$L $L = $L", type, name, term.code());
            return name;
        });
    }

    /** Scalar code for each lane of a block. */
    private CodeBlock each(CodeBlock body) {
        return CodeBlock.builder()
                .beginControlFlow("for (int k = 0; k < n; k++)")
                .addStatement("int $L = $L + k", scope.index(lane), start)
                .add(body)
                .endControlFlow()
                .build();
    }

    /** Scalar code for one lane: its locals are read where they are kept, or computed again. */
    private ScalarCode laneScalars() {
        return scalars.with(local -> {
            Statement.Recall recall = recalls.get(local.name());
            if (recall != null) {
                return Optional.of(Term.atom(
                        "$L[$L]",
                        kernel.buffer(recall.buffer()),
                        kernel.position(recall.buffer(), recall.indices()).code()));
            }
            Expr definition = definitions.get(local.name());
            return Optional.ofNullable(definition).map(laneScalars()::of);
        });
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return switch (leaf) {
            case Expr.Index i -> i != lane;
            default -> true;
        };
    }

    @Override
    public Optional<VectorNode> load(Expr.Load load) {
        boolean ints = load.type() == Type.INT;
        if (endsIn(load.indices(), lane) && scalars.isInside(load.input(), load.indices())) {
            return Optional.of(loop.load(new Place(
                    scope.array(load.input()),
                    ints,
                    offset(scalars.offset(load.input(), rows(load.indices()), Term.atom("$L", start))),
                    false)));
        }
        return shifted(load).or(() -> strided(load)).map(loop::load);
    }

    /**
     * Entries of one row from any position on, neighbours of those of the lanes: in their place where all lie inside,
     * else in a block, with what is read outside.
     */
    private Optional<Place> shifted(Expr.Load load) {
        if (load.indices().isEmpty() || !rows(load.indices()).stream().allMatch(expressions::isUniform)) {
            return Optional.empty();
        }
        return Affine.of(scope.exprs(), load.indices().getLast())
                .filter(position -> position.count(lane) == 1)
                .map(position -> position.withoutIndex(lane).sum(scope.exprs()))
                .filter(expressions::isUniform)
                .map(shift -> shifted(load, plus(Term.atom("$L", start), shift)));
    }

    private Term plus(Term first, Expr shift) {
        return shift instanceof Expr.IntConstant c && c.value() < 0
                ? Operations.binary(BinaryOp.SUBTRACT, first, Operations.constant(-c.value()))
                : Operations.plus(first, scalars.of(shift));
    }

    private Place shifted(Expr.Load load, Term first) {
        boolean ints = load.type() == Type.INT;
        List<Expr> rows = rows(load.indices());
        if (scalars.isInside(load.input(), load.indices())) {
            return new Place(scope.array(load.input()), ints, offset(scalars.offset(load.input(), rows, first)), false);
        }
        String from = variable("int", "first", first);
        Term row = scalars.offset(load.input(), rows, Operations.constant(0));
        String block = variables.computeIfAbsent("window " + load.input().position() + " " + row + " " + from, key -> {
            String copy = calls.block("window", ints);
            before.addStatement(
                    "$T.window($L, $L, $L, $L, $L, n)",
                    RuntimeTypes.BLOCK,
                    scope.array(load.input()),
                    row.code(),
                    scalars.extentOfRow(load.input(), rows).code(),
                    from,
                    copy);
            return copy;
        });
        return VectorCalls.place(block, ints);
    }

    /** Entries of one column in successive rows, copied to a block; in rows of one they stand side by side. */
    private Optional<Place> strided(Expr.Load load) {
        if (!isColumn(load.indices()) || !scope.isInside(load.indices().getFirst(), load.input(), 0)) {
            return Optional.empty();
        }
        boolean ints = load.type() == Type.INT;
        String array = scope.array(load.input());
        String columns = scope.extent(load.input(), 1);
        String column = variable("int", "column", scalars.of(load.indices().getLast()));
        String block = variables.computeIfAbsent("column " + array + " " + column, key -> {
            String copy = calls.block("column", ints);
            before.addStatement(
                    "$T.column($L, $L, $L, $L, $L, n)", RuntimeTypes.BLOCK, array, start, columns, column, copy);
            return copy;
        });
        return Optional.of(VectorCalls.place(block, ints));
    }

    /** Whether the rows are the lanes and the column is the same in all. */
    private boolean isColumn(List<Expr> indices) {
        return indices.size() == 2 && indices.getFirst() == lane && expressions.isUniform(indices.getLast());
    }

    @Override
    public VectorNode index(Expr.Index index) {
        return VectorFunctions.binary(loop.graph(), BinaryOp.ADD, loop.position(), loop.uniform(start, Type.INT));
    }

    @Override
    public VectorNode local(Expr.Local local) {
        throw new IllegalStateException("an undefined local: " + local.name());
    }

    @Override
    public String uniform(Expr node) {
        Term term = scalars.of(node);
        if (node instanceof Expr.Local || node instanceof Expr.Index) {
            return term.toString();
        }
        String type = Operations.javaType(node.type()).toString();
        if (!variables.containsKey(type + " " + term)) {
            before.add(kernel.leaveForRareRoots(node, scalars));
        }
        return variable(type, "u", term);
    }

    @Override
    public VectorNode scalar(Expr node) {
        boolean ints = node.type() == Type.INT;
        String block = calls.block("computed", ints);
        Term value = laneScalars().of(node);
        before.add(each(CodeBlock.builder()
                .add(kernel.leaveForRareRoots(node, laneScalars()))
                .addStatement(
                        "$L[k] = $L",
                        block,
                        node.type() == Type.BOOLEAN
                                ? Operations.select(value, Operations.constant(1.0), Operations.constant(0.0))
                                        .code()
                                : value.code())
                .build()));
        return loop.value(loop.load(VectorCalls.place(block, ints)), node.type());
    }
}
