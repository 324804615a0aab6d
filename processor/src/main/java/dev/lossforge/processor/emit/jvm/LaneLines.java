package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LaneLocals;
import dev.lossforge.processor.loop.NonPositive;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes what stands between loops where all lanes run through the same loops: units of a {@link TileKernel}, or rounds
 * of a {@link StripLoop}.
 */
final class LaneLines implements VectorExpressions.Lanes {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final LaneMemory memory;
    private final LaneAccumulators accumulators;
    private final LaneLocals locals;
    private final NonPositive nonPositive;
    /** Where locals of the loops before stand. */
    private final Map<String, Place> places = new HashMap<>();
    /** Where locals of this loop will stand, which scalar code in front of it cannot read yet. */
    private final Map<String, Place> placesAfter = new HashMap<>();

    private final Map<String, Expr> definitions = new HashMap<>();
    private final UnaryOperator<CodeBlock> leave;

    private CodeBlock.Builder before = CodeBlock.builder();
    private CodeBlock.Builder after = CodeBlock.builder();
    private VectorLoop loop = new VectorLoop();
    private VectorExpressions expressions = new VectorExpressions(loop, this);
    private final Map<String, String> uniforms = new HashMap<>();
    /** Whether scalar code after this loop writes what later statements may write, too. */
    private boolean scatters;

    /**
     * @param statements all that the lanes run through
     * @param leave the way out to scalar code under a condition
     */
    LaneLines(
            KernelScope scope,
            ScalarCode scalars,
            VectorCalls calls,
            LaneMemory memory,
            List<Statement> statements,
            UnaryOperator<CodeBlock> leave) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.leave = leave;
        this.memory = memory;
        this.accumulators = new LaneAccumulators(calls);
        this.locals = new LaneLocals(statements);
        this.nonPositive = NonPositive.of(statements);
    }

    /** Statements and loops, of which those without a loop between them run as one vector loop. */
    CodeBlock block(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder();
        List<Statement> line = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Loop inner) {
                code.add(line(line));
                line.clear();
                code.beginControlFlow("$L", LoopHead.of(inner, scope.index(inner.index()), scalars))
                        .add(block(inner.body()))
                        .endControlFlow();
            } else {
                line.add(statement);
            }
        }
        return code.add(line(line)).build();
    }

    /** Statements without loops: one vector loop, or several where one must end before the next begins. */
    private CodeBlock line(List<Statement> line) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Statement statement : line) {
            if (mustWait(statement)) {
                code.add(flush());
            }
            statement(statement);
            if (scatters) {
                code.add(flush());
            }
        }
        return code.add(flush()).build();
    }

    /** Whether a statement, or scalar code for it, reads what this loop writes. */
    private boolean mustWait(Statement statement) {
        return statement instanceof Statement.Recall r && memory.wasKept(r.buffer())
                || Statements.expressions(statement).stream()
                        .anyMatch(e -> Statements.contains(e, this::isReduced)
                                && Statements.contains(e, expressions::needsScalarCode));
    }

    /** Whether a value is a reduction of this loop, which scalar code cannot compute again. */
    private boolean isReduced(Expr node) {
        return node instanceof Expr.Local local
                && placesAfter.containsKey(local.name())
                && !definitions.containsKey(local.name());
    }

    private CodeBlock flush() {
        accumulators.store(loop);
        CodeBlock.Builder code = CodeBlock.builder().add(before.build());
        if (!loop.effects().isEmpty()) {
            code.add(calls.call(loop, "n", leave));
        }
        code.add(after.build());
        before = CodeBlock.builder();
        after = CodeBlock.builder();
        loop = new VectorLoop();
        expressions = new VectorExpressions(loop, this);
        uniforms.clear();
        places.putAll(placesAfter);
        placesAfter.clear();
        scatters = false;
        memory.nextLoop();
        return code.build();
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Define d -> define(d);
            case Statement.Start s -> accumulators.start(s, loop);
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Finish f -> {
                Optional<VectorNode> pending = accumulators.pending(f);
                pending.ifPresent(node -> expressions.define(f.result(), node));
                (pending.isPresent() ? placesAfter : places).put(f.result().name(), accumulators.place(f));
            }
            case Statement.Running r -> {
                placesAfter.put(r.result().name(), accumulators.place(r));
                share(r.result(), accumulators.running(r, loop));
            }
            case Statement.Keep k ->
                loop.store(memory.keep(k.buffer(), k.indices(), before), expressions.of(k.value()), false);
            case Statement.Recall r -> recall(r);
            case Statement.StoreValue v -> after.add(memory.storeValue(expressions.of(v.value()), loop));
            case Statement.StoreDerivative s -> storeDerivative(s);
            case Statement.Clear c -> before.add(memory.clear(c));
            case Statement.Loop l -> throw new IllegalStateException("a loop is not a line");
            case Statement.Sort s -> throw new IllegalStateException("a row that is sorted is not a line");
            case Statement.Product p -> throw new IllegalStateException("a product is not a line");
        }
    }

    private void accumulate(Statement.Accumulate a) {
        VectorNode value = expressions.of(a.value());
        if (accumulators.areOf(a.accumulator())) {
            accumulators.take(a, value, loop.uniform(uniform(a.position()), Type.INT), loop);
        } else {
            after.add(LaneTotals.of(a, scope.local(a.accumulator()), value, "0", loop, calls));
        }
    }

    private void define(Statement.Define d) {
        if (expressions.isUniform(d.value())) {
            before.add(leaveForRareRoots(d.value(), scalars));
            before.addStatement(
                    "$T $L = $L",
                    Operations.javaType(d.local().type()),
                    scope.local(d.local()),
                    scalars.of(d.value()).code());
            return;
        }
        definitions.put(d.local().name(), d.value());
        share(d.local(), expressions.of(d.value()));
    }

    private void recall(Statement.Recall r) {
        Optional<Term> shared = memory.shared(r);
        if (shared.isPresent()) {
            before.addStatement(
                    "$T $L = $L",
                    Operations.javaType(r.result().type()),
                    scope.local(r.result()),
                    shared.get().code());
            return;
        }
        Place place = memory.kept(r.buffer(), r.indices(), before);
        places.put(r.result().name(), place); // for scalar code in front of this loop
        share(r.result(), loop.load(place));
    }

    /** Makes a local a value of this loop and, where later loops read it, keeps it in a block. */
    private void share(Expr.Local local, VectorNode value) {
        expressions.define(local, value);
        if (!locals.isShared(local)) {
            return;
        }
        boolean ints = local.type() == Type.INT;
        Place block = VectorCalls.place(calls.block(local.name(), ints), ints);
        loop.store(block, loop.number(value), false);
        placesAfter.put(local.name(), block);
    }

    private void storeDerivative(Statement.StoreDerivative s) {
        VectorNode scaled = memory.scaled(expressions.of(s.value()), loop);
        Optional<Place> place = memory.derivative(s, expressions::isUniform, before);
        if (place.isPresent()) {
            loop.store(place.get(), scaled, s.mode() == Statement.Mode.ADD);
        } else if (s.adds() && s.indices().stream().allMatch(expressions::isUniform)) {
            Accumulation sum = loop.accumulate(VectorLoop.Kind.SUM, scaled);
            after.add(memory.total(s, Term.atom("$L[$L]", calls.results(), sum.result())));
        } else {
            Place block = VectorCalls.place(calls.block("derivatives", false), false);
            loop.store(block, scaled, false);
            scatters = true;
            after.add(memory.each(memory.scatter(s, laneScalars(), block.array())));
        }
    }

    /** Scalar code for lane k: locals that differ between lanes stand in blocks, or are computed again. */
    private ScalarCode laneScalars() {
        return scalars.with(this::laneTerm);
    }

    private Optional<Term> laneTerm(Expr.Local local) {
        if (isUniform(local)) {
            return Optional.empty();
        }
        Place place = places.get(local.name());
        if (place != null) {
            String entry = place.offset().equals("0") ? "k" : place.offset() + " + k";
            Term read = Term.atom("$L[$L]", place.array(), entry);
            return Optional.of(
                    local.type() == Type.BOOLEAN
                            ? Term.infix(read, "!=", Operations.constant(0.0), Term.Strength.COMPARISON)
                            : read);
        }
        return Optional.of(laneScalars().of(definition(local)));
    }

    private Expr definition(Expr.Local local) {
        return Objects.requireNonNull(definitions.get(local.name()), local.name());
    }

    @Override
    public boolean isNonPositive(Expr node) {
        return nonPositive.holds(node);
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return switch (leaf) {
            case Expr.Local l -> isUniform(l);
            default -> memory.isUniform(leaf);
        };
    }

    /** A local that was defined before all these statements is one value, like those that do not differ. */
    private boolean isUniform(Expr.Local local) {
        String name = local.name();
        return !definitions.containsKey(name) && !places.containsKey(name) && !placesAfter.containsKey(name);
    }

    @Override
    public Optional<VectorNode> load(Expr.Load load) {
        return memory.entries(load, expressions::isUniform, before).map(loop::load);
    }

    @Override
    public VectorNode index(Expr.Index index) {
        return memory.index(index, loop);
    }

    @Override
    public VectorNode local(Expr.Local local) {
        Place place = places.get(local.name());
        if (place == null) {
            return expressions.of(definition(local));
        }
        return loop.value(loop.load(place), local.type());
    }

    @Override
    public String uniform(Expr node) {
        Term term = scalars.of(node);
        if (node instanceof Expr.Local || node instanceof Expr.Index) {
            return term.toString();
        }
        return uniforms.computeIfAbsent(term.toString(), text -> {
            String variable = scope.fresh("u");
            before.add(leaveForRareRoots(node, scalars));
            before.addStatement("$T $L = $L", Operations.javaType(node.type()), variable, term.code());
            return variable;
        });
    }

    private CodeBlock leaveForRareRoots(Expr node, ScalarCode written) {
        return RareRoots.check(node, written, leave);
    }

    @Override
    public VectorNode scalar(Expr node) {
        boolean ints = node.type() == Type.INT;
        String block = calls.block("computed", ints);
        Term value = laneScalars().of(node);
        before.add(memory.each(CodeBlock.builder()
                .add(leaveForRareRoots(node, laneScalars()))
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
