package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LaneLocals;
import dev.lossforge.processor.loop.NonPositive;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.vector.VectorNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The units of a tile as lanes: writes what stands between the loops of a {@link TileKernel}. */
final class TileUnits implements VectorExpressions.Lanes {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final TileMemory memory;
    private final TileAccumulators accumulators;
    private final LaneLocals locals;
    private final NonPositive nonPositive;
    private final Set<String> uniformLocals = new HashSet<>();
    /** Where locals of the loops before stand. */
    private final Map<String, Place> places = new HashMap<>();
    /** Where locals of this loop will stand, which scalar code in front of it cannot read yet. */
    private final Map<String, Place> placesAfter = new HashMap<>();

    private final Map<String, Expr> definitions = new HashMap<>();
    private final Fallback fallback;

    private CodeBlock.Builder before = CodeBlock.builder();
    private CodeBlock.Builder after = CodeBlock.builder();
    private VectorLoop loop = new VectorLoop();
    private VectorExpressions expressions = new VectorExpressions(loop, this);
    private final Map<String, String> uniforms = new HashMap<>();
    /** Whether scalar code after this loop writes what later statements may write, too. */
    private boolean scatters;

    TileUnits(KernelScope scope, ScalarCode scalars, VectorCalls calls, List<Statement> statements, Fallback fallback) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.fallback = fallback;
        this.memory = new TileMemory(scope, scalars, calls);
        this.accumulators = new TileAccumulators(calls);
        this.locals = new LaneLocals(statements);
        this.nonPositive = NonPositive.of(statements);
    }

    TileMemory memory() {
        return memory;
    }

    /** Statements without loops: one vector loop, or several where one must end before the next begins. */
    CodeBlock line(List<Statement> line) {
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
            code.add(calls.call(loop, "n", fallback::check));
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
            case Statement.Accumulate a -> accumulators.take(a, expressions.of(a.value()), position(a), loop);
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
            case Statement.StoreValue v -> storeValue(expressions.of(v.value()));
            case Statement.StoreDerivative s -> storeDerivative(s);
            case Statement.Clear c -> before.add(memory.clear(c));
            case Statement.Loop l -> throw new IllegalStateException("a loop is not a line");
            case Statement.Sort s -> throw new IllegalStateException("a row that is sorted is not a line");
            case Statement.Product p -> throw new IllegalStateException("a product is not a line");
        }
    }

    private VectorNode position(Statement.Accumulate a) {
        return loop.uniform(uniform(a.position()), Type.INT);
    }

    private void define(Statement.Define d) {
        if (expressions.isUniform(d.value())) {
            uniformLocals.add(d.local().name());
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

    private void storeValue(VectorNode value) {
        VectorNode weighted = weighted(value, memory.weight(loop));
        loop.store(memory.values(), weighted, false);
        Accumulation sum = loop.accumulate(VectorLoop.Kind.SUM, weighted);
        after.addStatement("total += $L[$L]", calls.results(), sum.result());
    }

    /** A value times the weight of its unit; 0 where that is 0, whatever the value. */
    private VectorNode weighted(VectorNode value, VectorNode factor) {
        VectorNode zero = loop.graph().constant(0f);
        return loop.graph()
                .blend(
                        loop.graph().equal(memory.weight(loop), zero),
                        zero,
                        loop.graph().multiply(value, factor));
    }

    private void storeDerivative(Statement.StoreDerivative s) {
        VectorNode scaled = weighted(expressions.of(s.value()), memory.scale(loop));
        boolean adds = s.mode() == Statement.Mode.ADD;
        boolean uniform = s.indices().stream().allMatch(expressions::isUniform);
        if (s.input().role() == Role.PARAMETER && uniform) {
            Accumulation sum = loop.accumulate(VectorLoop.Kind.SUM, scaled);
            Term index = s.indices().isEmpty()
                    ? Operations.constant(0)
                    : scalars.of(s.indices().getFirst());
            after.addStatement(
                    "$L[$L] += $L[$L]",
                    scope.derivative(s.order(), s.input()),
                    index.code(),
                    calls.results(),
                    sum.result());
        } else if (uniform) {
            loop.store(memory.derivative(s, before), scaled, adds);
        } else {
            Place block = VectorCalls.place(calls.block("derivatives", false), false);
            loop.store(block, scaled, false);
            scatters = true;
            List<Term> indices =
                    s.indices().stream().map(i -> laneScalars().of(i)).toList();
            after.add(each(memory.scatter(s, indices, block.array())));
        }
    }

    /** Scalar code for each unit of the tile. */
    private static CodeBlock each(CodeBlock body) {
        return CodeBlock.builder()
                .beginControlFlow("for (int k = 0; k < n; k++)")
                .addStatement("int unit = at + k")
                .add(body)
                .endControlFlow()
                .build();
    }

    /** Scalar code for lane k: locals that differ between lanes stand in blocks, or are computed again. */
    private ScalarCode laneScalars() {
        return scalars.with(this::laneTerm);
    }

    private Optional<Term> laneTerm(Expr.Local local) {
        if (uniformLocals.contains(local.name())) {
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
        Expr definition = definitions.get(local.name());
        if (definition == null) {
            throw new IllegalStateException("an undefined local: " + local.name());
        }
        return Optional.of(laneScalars().of(definition));
    }

    @Override
    public boolean isNonPositive(Expr node) {
        return nonPositive.holds(node);
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return switch (leaf) {
            case Expr.Load l -> l.input().role() == Role.PARAMETER;
            case Expr.Local l -> uniformLocals.contains(l.name());
            default -> true;
        };
    }

    @Override
    public Optional<VectorNode> load(Expr.Load load) {
        Input input = load.input();
        if (input.role() == Role.PARAMETER || !load.indices().stream().allMatch(expressions::isUniform)) {
            return Optional.empty();
        }
        return Optional.of(loop.load(memory.entries(load, before)));
    }

    @Override
    public VectorNode index(Expr.Index index) {
        throw new IllegalStateException("an index is uniform");
    }

    @Override
    public VectorNode local(Expr.Local local) {
        Place place = places.get(local.name());
        if (place == null) {
            Expr definition = definitions.get(local.name());
            if (definition == null) {
                throw new IllegalStateException("an undefined local: " + local.name());
            }
            return expressions.of(definition);
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
        return RareRoots.check(node, written, fallback::check);
    }

    @Override
    public VectorNode scalar(Expr node) {
        boolean ints = node.type() == Type.INT;
        String block = calls.block("computed", ints);
        Term value = laneScalars().of(node);
        before.add(each(CodeBlock.builder()
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
