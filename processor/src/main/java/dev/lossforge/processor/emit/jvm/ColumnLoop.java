package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
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
    /** The fewest rounds, where their number is constant, that are worth the call of a vector loop. */
    private static final int FEWEST_ROUNDS = 16;

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
    private final ColumnMemory memory;

    ColumnLoop(KernelScope scope, ScalarCode scalars, VectorCalls calls, RowKernel kernel, Statement.Loop source) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.kernel = kernel;
        this.source = source;
        this.lane = source.index();
        this.start = scope.fresh("start");
        this.memory =
                new ColumnMemory(scope, scalars, calls, kernel, loop, lane, start, before, expressions::isUniform);
    }

    /**
     * Whether a loop holds no other loop and nothing that needs its values one by one.
     *
     * @param transposed which buffers have a transposed copy, whose rows are their columns
     */
    static boolean fits(Statement.Loop loop, Predicate<Buffer> transposed) {
        Set<String> kept = new HashSet<>();
        boolean isShort = loop.extent() instanceof Expr.IntConstant c && c.value() < FEWEST_ROUNDS;
        return !isShort
                && loop.rounds() != Statement.Rounds.DESCENDING
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
    static boolean endsBeside(List<Expr> indices, Expr.Index index) {
        if (indices.isEmpty()
                || !(indices.getLast() instanceof Expr.Binary sum)
                || sum.op() != BinaryOp.ADD
                || sum.left() != index
                || !(sum.right() instanceof Expr.IntConstant)) {
            return false;
        }
        List<Expr> here = new ArrayList<>(indices.subList(0, indices.size() - 1));
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
            code.add(calls.call(loop, "n", kernel::leave));
        }
        return code.add(after.build()).endControlFlow().build();
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Define d -> define(d);
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Keep k -> loop.store(memory.kept(k.buffer(), k.indices()), expressions.of(k.value()), false);
            case Statement.Recall r -> {
                recalls.put(r.result().name(), r);
                expressions.define(r.result(), loop.load(memory.recalled(r)));
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
        after.add(LaneTotals.of(a, scope.local(a.accumulator()), expressions.of(a.value()), start, loop, calls));
    }

    /** A result of the loop, which keeps all of them as doubles. */
    private String result(boolean ints, int number) {
        return (ints ? "(int) " : "") + calls.results() + "[" + number + "]";
    }

    private String rounded(boolean ints, int number) {
        return (ints ? "(int) " : "(float) ") + calls.results() + "[" + number + "]";
    }

    private void store(Statement.StoreDerivative s) {
        VectorNode scaled = loop.graph().multiply(expressions.of(s.value()), loop.uniform("scale", Type.FLOAT));
        if (s.adds() && s.indices().stream().allMatch(expressions::isUniform)) {
            int result = loop.accumulate(VectorLoop.Kind.SUM, scaled).result();
            boolean isDouble = s.input().role() == Role.PARAMETER;
            Term sum = Term.atom("$L", isDouble ? result(false, result) : rounded(false, result));
            after.add(kernel.derivatives()
                    .guarded(s.order(), s.input(), kernel.derivatives().store(s, sum, scalars)));
            return;
        }
        Optional<Place> inPlace = s.input().role() == Role.PARAMETER ? Optional.empty() : memory.derivative(s);
        if (inPlace.isPresent()) {
            loop.store(inPlace.get(), scaled, s.mode() == Statement.Mode.ADD);
            return;
        }
        String block = calls.block("derivatives", false);
        loop.store(VectorCalls.place(block, false), scaled, false);
        after.add(afterwards(s, block)
                .orElseGet(() -> each(kernel.derivatives()
                        .guarded(
                                s.order(),
                                s.input(),
                                kernel.derivatives().store(s, Term.atom("$L[k]", block), laneScalars())))));
    }

    /** What writes a block to a derivative, where its entries are in some regular order. */
    private Optional<CodeBlock> afterwards(Statement.StoreDerivative s, String block) {
        if (s.input().role() == Role.PARAMETER) {
            return Optional.empty();
        }
        return memory.column(s, block)
                .or(() -> memory.scatter(s, scope.derivative(s.order(), s.input()), block)
                        .map(code -> kernel.derivatives().guarded(s.order(), s.input(), code)));
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
    public boolean isNonPositive(Expr node) {
        return kernel.isNonPositive(node);
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
        return memory.load(load);
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
        if (!memory.hasVariable(type, term)) {
            before.add(kernel.leaveForRareRoots(node, scalars));
        }
        return memory.variable(type, "u", term);
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
