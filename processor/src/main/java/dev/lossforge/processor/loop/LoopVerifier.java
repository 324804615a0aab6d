package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.MalformedException;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.loop.Statement.Rounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what both emitters assume of a loop nest. A violation is a defect of lowering, which would otherwise become
 * code that does not compile, or that computes something else.
 *
 * <ul>
 *   <li>A local is defined once, before its readers, in their block or in one around it. So is the loop of an index.
 *   <li>An accumulator is started, fed and finished in this order, by one operation. Its current value is read only
 *       where rounds have an order.
 *   <li>A buffer is written before it is read, and has as many indices as axes.
 *   <li>There is one value, outside all loops. What is added to a derivative has been set before.
 *   <li>Reductions, scans and orders do not occur: statements compute them.
 * </ul>
 */
public final class LoopVerifier {

    private final Set<Input> inputs;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<Statements.Derivative> set = new HashSet<>();
    private int values;

    private LoopVerifier(List<Input> inputs, List<Buffer> buffers) {
        this.inputs = new HashSet<>(inputs);
        buffers.forEach(b -> ranks.put(b.name(), b.extents().size()));
    }

    /**
     * Returns its argument.
     *
     * @throws MalformedException if it is not well formed
     */
    public static LoopNest verified(LoopNest nest) {
        check(nest, nest.statements());
        check(nest, nest.valueStatements());
        if (Statements.storesDerivatives(nest.valueStatements())) {
            throw new MalformedException("the statements of the value write a derivative");
        }
        return nest;
    }

    /**
     * Returns its argument. A table is read through the input that represents it, after the step that stores it.
     *
     * @throws MalformedException if it is not well formed
     */
    public static BatchProgram verified(BatchProgram program) {
        List<Buffer> buffers = program.tables().stream().map(Table::buffer).toList();
        LoopVerifier verifier = new LoopVerifier(program.formula().inputs(), buffers);
        for (Step step : program.steps()) {
            Block block = new Block(null, null);
            for (Expr.Index point : step.points()) {
                verifier.check(point.extent(), block);
                block = new Block(block, new Statement.Loop(point, point.extent(), List.of(), Rounds.INDEPENDENT));
            }
            verifier.check(step.statements(), block);
            program.tables().stream()
                    .filter(t -> verifier.written.contains(t.buffer().name()))
                    .forEach(t -> verifier.inputs.add(t.input()));
        }
        if (verifier.values != 1) {
            throw new MalformedException("%d values are stored", verifier.values);
        }
        return program;
    }

    private static void check(LoopNest nest, List<Statement> statements) {
        LoopVerifier verifier = new LoopVerifier(nest.formula().inputs(), nest.buffers());
        verifier.check(statements, new Block(null, null));
        if (verifier.values != 1) {
            throw new MalformedException("%d values are stored", verifier.values);
        }
    }

    /** What the statements of a block may name: what the blocks around it define, and what they define themselves. */
    private record Block(
            @Nullable Block around,
            Statement.@Nullable Loop loop,
            Map<String, Expr.Local> locals,
            Map<String, ReduceOp> started) {

        Block(@Nullable Block around, Statement.@Nullable Loop loop) {
            this(around, loop, new HashMap<>(), new HashMap<>());
        }

        boolean isOutermost() {
            return around == null;
        }

        boolean binds(Expr.Index index) {
            return loop != null && loop.index() == index || around != null && around.binds(index);
        }

        boolean defines(Expr.Local local) {
            return local.equals(locals.get(local.name())) || around != null && around.defines(local);
        }

        /** The block in which an accumulator was started and is not finished. */
        Optional<Block> ofAccumulator(String name) {
            if (started.containsKey(name)) {
                return Optional.of(this);
            }
            return around == null ? Optional.empty() : around.ofAccumulator(name);
        }

        /** Whether a loop between a block around this one and this one runs its rounds in any order. */
        boolean isUnorderedWithin(Block outer) {
            return this != outer
                    && around != null
                    && (loop != null && loop.rounds() == Rounds.INDEPENDENT || around.isUnorderedWithin(outer));
        }
    }

    private void check(List<Statement> statements, Block block) {
        statements.forEach(s -> check(s, block));
    }

    private void check(Statement statement, Block block) {
        Statements.expressions(statement).forEach(e -> check(e, block));
        switch (statement) {
            case Statement.Define d -> define(d.local(), block);
            case Statement.Loop l -> {
                if (block.binds(l.index())) {
                    throw new MalformedException("two loops of index %s in each other", ExprText.of(l.index()));
                }
                check(l.body(), new Block(block, l));
            }
            case Statement.Start s -> {
                define(s.accumulator(), block);
                block.started().put(s.accumulator().name(), s.op());
            }
            case Statement.Accumulate a -> accumulator(a.accumulator(), a.op(), block);
            case Statement.Finish f -> {
                Block home = accumulator(f.accumulator(), f.op(), block);
                if (home != block) {
                    throw new MalformedException(
                            "'%s' is finished in a loop", f.accumulator().name());
                }
                block.started().remove(f.accumulator().name());
                define(f.result(), block);
            }
            case Statement.Running r -> {
                Block home = accumulator(r.accumulator(), r.op(), block);
                if (block.isUnorderedWithin(home)) {
                    throw new MalformedException(
                            "the rounds that read '%s' have no order",
                            r.accumulator().name());
                }
                define(r.result(), block);
            }
            case Statement.Keep k -> write(k.buffer(), k.indices().size());
            case Statement.Recall r -> {
                read(r.buffer(), r.indices().size());
                define(r.result(), block);
            }
            case Statement.Product p -> {
                requireOutermost(block, "a product");
                p.terms().entries().forEach(o -> o.source().ifPresent(b -> read(b, 2)));
                check(p.otherwise(), new Block(block, null));
                switch (p.target()) {
                    case Statement.ToBuffer b -> write(b.buffer(), 2);
                    case Statement.ToDerivative d -> derivative(d.order(), d.input(), p.mode());
                }
            }
            case Statement.Sort s -> {
                read(s.source().buffer(), s.source().indices().size() + 1);
                write(s.target().buffer(), s.target().indices().size() + 1);
            }
            case Statement.StoreValue v -> {
                requireOutermost(block, "a value");
                values++;
            }
            case Statement.StoreDerivative d -> {
                if (d.indices().size() != d.input().rank()) {
                    throw new MalformedException(
                            "the derivative of '%s' has %d indices",
                            d.input().name(), d.indices().size());
                }
                derivative(d.order(), d.input(), d.mode());
            }
            case Statement.Clear c -> {
                requireOutermost(block, "a cleared derivative");
                set.add(new Statements.Derivative(c.order(), c.input()));
            }
        }
    }

    private void check(Expr root, Block block) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(root));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)) {
                checkNode(node, block);
                if (!(node instanceof Expr.Index)) { // its extent is the loop's, where it is computed
                    pending.addAll(Exprs.operands(node));
                }
            }
        }
    }

    private void checkNode(Expr node, Block block) {
        switch (node) {
            case Expr.Local local
            when !block.defines(local) ->
                throw new MalformedException("'%s' is not defined where it is read", local.name());
            case Expr.Index index
            when !block.binds(index) -> throw new MalformedException("index %s has no loop", ExprText.of(index));
            case Expr.Load load
            when !inputs.contains(load.input()) ->
                throw new MalformedException(
                        "'%s' is not an input of the formula", load.input().name());
            case Expr.Reduce reduce -> throw Statements.unexpected(reduce.op());
            case Expr.Scan scan -> throw new MalformedException("a scan in a statement");
            case Expr.State state -> throw new MalformedException("a state in a statement");
            case Expr.Order order -> throw new MalformedException("an order in a statement");
            default -> {}
        }
    }

    private static void define(Expr.Local local, Block block) {
        if (block.defines(local) || block.locals().put(local.name(), local) != null) {
            throw new MalformedException("'%s' is defined twice", local.name());
        }
    }

    /** The block that started an accumulator, which takes another value or is read. */
    private static Block accumulator(Expr.Local accumulator, ReduceOp op, Block block) {
        Block home = block.ofAccumulator(accumulator.name())
                .orElseThrow(() -> new MalformedException("'%s' is not started, or finished", accumulator.name()));
        if (home.started().get(accumulator.name()) != op) {
            throw new MalformedException("'%s' is not started for %s", accumulator.name(), op);
        }
        return home;
    }

    private void write(Buffer buffer, int indices) {
        requireAxes(buffer, indices);
        written.add(buffer.name());
    }

    private void read(Buffer buffer, int indices) {
        requireAxes(buffer, indices);
        if (!written.contains(buffer.name())) {
            throw new MalformedException("'%s' is read before it is written", buffer.name());
        }
    }

    private void requireAxes(Buffer buffer, int indices) {
        int rank = ranks.getOrDefault(buffer.name(), 0);
        if (rank != indices) {
            throw new MalformedException("buffer '%s' has %d axes, not %d", buffer.name(), rank, indices);
        }
    }

    private void derivative(int order, Input input, Statement.Mode mode) {
        Statements.Derivative derivative = new Statements.Derivative(order, input);
        if (mode == Statement.Mode.ADD && !set.contains(derivative)) {
            throw new MalformedException("the derivative of '%s' is added to before it is set", input.name());
        }
        set.add(derivative);
    }

    private static void requireOutermost(Block block, String what) {
        if (!block.isOutermost()) {
            throw new MalformedException("%s in a loop", what);
        }
    }
}
