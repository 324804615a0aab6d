package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Costs;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Runs a loop nest in double precision. */
public final class LoopInterpreter {

    private final Exprs exprs;
    private final InputValues inputs;
    private final Map<String, Double> locals = new HashMap<>();
    private final Map<String, List<Double>> accumulators = new HashMap<>();
    private final Map<String, Map<List<Integer>, Double>> buffers = new HashMap<>();
    private final Map<Expr.Index, Integer> indices = new LinkedHashMap<>(); // outer ones first
    private final Map<Expr, Set<String>> mentioned = new IdentityHashMap<>();
    private final Map<Integer, Map<String, Double>> derivatives = new HashMap<>();
    private final Map<Expr, Integer> costs = new IdentityHashMap<>();
    private double value = Double.NaN;
    private long operations;

    public LoopInterpreter(LoopNest nest, InputValues inputs) {
        this(nest.formula().exprs(), inputs);
    }

    LoopInterpreter(Exprs exprs, InputValues inputs) {
        this.exprs = exprs;
        this.inputs = inputs;
    }

    /** Gives an index that no loop binds a value. */
    void bind(Expr.Index index, int at) {
        indices.put(index, at);
    }

    /** What was kept in a buffer; NaN where nothing was. */
    double kept(Buffer buffer, int... at) {
        return buffers.getOrDefault(buffer.name(), Map.of())
                .getOrDefault(Arrays.stream(at).boxed().toList(), Double.NaN);
    }

    public void run(List<Statement> statements) {
        statements.forEach(this::run);
    }

    public double value() {
        return value;
    }

    public Map<String, Double> derivative(int order) {
        return derivatives.getOrDefault(order, Map.of());
    }

    /**
     * What has been done, in additions: each node of an expression as {@link Costs} says, each entry that is loaded,
     * and each value that is taken into a reduction, kept, recalled or stored. Both sides of a select count, as in
     * vector code.
     */
    public long operations() {
        return operations;
    }

    private void count(Statement statement) {
        operations += statement instanceof Statement.Define || statement instanceof Statement.Loop ? 0 : 1;
        for (Expr root : Statements.expressions(statement)) {
            operations += costs.computeIfAbsent(root, LoopInterpreter::cost);
        }
    }

    private static int cost(Expr root) {
        int[] cost = new int[1];
        Statements.contains(root, node -> {
            cost[0] += node instanceof Expr.Load ? 1 : Costs.own(node);
            return false;
        });
        return cost[0];
    }

    private void run(Statement statement) {
        count(statement);
        switch (statement) {
            case Statement.Define d -> locals.put(d.local().name(), evaluate(d.value()));
            case Statement.Loop l -> loop(l);
            case Statement.Start s -> accumulators.put(s.accumulator().name(), new ArrayList<>());
            case Statement.Accumulate a ->
                accumulators.get(a.accumulator().name()).add(evaluate(a.value()));
            case Statement.Finish f -> locals.put(f.result().name(), soFar(f.accumulator(), f.op()));
            case Statement.Running r -> locals.put(r.result().name(), soFar(r.accumulator(), r.op()));
            case Statement.Sort s -> sort(s);
            case Statement.Product p -> multiply(p);
            case Statement.Keep k ->
                buffers.computeIfAbsent(k.buffer().name(), n -> new HashMap<>())
                        .put(at(k.indices()), evaluate(k.value()));
            case Statement.Recall r ->
                locals.put(r.result().name(), buffers.get(r.buffer().name()).get(at(r.indices())));
            case Statement.StoreValue v -> value = evaluate(v.value());
            case Statement.StoreDerivative s -> store(s);
            case Statement.Clear c -> derivatives.computeIfAbsent(c.order(), o -> new TreeMap<>());
        }
    }

    /** Counts a comparison of each entry for each time that the row can be halved, and one step for an inverse. */
    private void sort(Statement.Sort s) {
        int n = (int) evaluate(s.count());
        Map<List<Integer>, Double> from =
                buffers.getOrDefault(s.source().buffer().name(), Map.of());
        double[] source = IntStream.range(0, n)
                .mapToDouble(i -> from.get(entry(s.source(), i)))
                .toArray();
        int[] result = switch (s.op()) {
            case ARG_SORT -> Orders.argSort(source);
            case RANK ->
                Orders.inverse(Arrays.stream(source).mapToInt(i -> (int) i).toArray());
        };
        Map<List<Integer>, Double> to =
                buffers.computeIfAbsent(s.target().buffer().name(), b -> new HashMap<>());
        for (int i = 0; i < n; i++) {
            to.put(entry(s.target(), i), (double) result[i]);
        }
        operations += s.op() == OrderOp.RANK ? n : (long) n * (Integer.SIZE - Integer.numberOfLeadingZeros(n));
    }

    private List<Integer> entry(Statement.Row row, int i) {
        List<Integer> at = new ArrayList<>(at(row.indices()));
        at.add(i);
        return at;
    }

    private void multiply(Statement.Product p) {
        int rows = (int) evaluate(p.row().extent());
        int columns = (int) evaluate(p.column().extent());
        int inner = (int) evaluate(p.inner().extent());
        Statement.Terms<Statement.Operand> terms = p.terms();
        boolean minuend = terms instanceof Statement.WeightedDifferences<Statement.Operand> d
                && !isFinite(d.minuend(), p.row(), rows, columns);
        if (p.finite().left() && !isFinite(terms.left(), p.row(), rows, inner)
                || p.finite().right() && (minuend || !isFinite(terms.right(), p.column(), columns, inner))) {
            run(p.otherwise());
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                store(p, i, j, taken(p, i, j, inner));
            }
        }
        operations += (terms instanceof Statement.Products ? 2L : 3L) * rows * columns * inner;
    }

    private double taken(Statement.Product p, int i, int j, int inner) {
        double sum = p.terms() instanceof Statement.LargestDifferences ? Double.NEGATIVE_INFINITY : 0;
        for (int k = 0; k < inner; k++) {
            double left = entry(p.terms().left(), p.row(), i, k);
            double right = entry(p.terms().right(), p.column(), j, k);
            sum = switch (p.terms()) {
                case Statement.Products<?> t -> sum + left * right;
                case Statement.SquaredDifferences<?> t -> sum + (left - right) * (left - right);
                case Statement.LargestDifferences<?> t -> Math.max(sum, Math.abs(left - right));
                case Statement.WeightedDifferences<Statement.Operand> t ->
                    sum + left * (entry(t.minuend(), p.row(), i, j) - right);
            };
        }
        return sum;
    }

    private void store(Statement.Product p, int i, int j, double sum) {
        switch (p.target()) {
            case Statement.ToBuffer b ->
                buffers.computeIfAbsent(b.buffer().name(), n -> new HashMap<>()).put(List.of(i, j), sum);
            case Statement.ToDerivative d ->
                derivatives
                        .computeIfAbsent(d.order(), o -> new TreeMap<>())
                        .merge(DerivativeValues.key(d.input(), i, j), sum, Double::sum);
        }
    }

    private boolean isFinite(Statement.Operand operand, Expr.Index outer, int size, int terms) {
        operations += (long) size * terms;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < terms; k++) {
                if (!Double.isFinite(entry(operand, outer, i, k))) {
                    return false;
                }
            }
        }
        return true;
    }

    private double entry(Statement.Operand operand, Expr.Index outer, int i, int k) {
        int[] at = operand.matrix().indices().stream()
                .mapToInt(index -> index == outer ? i : k)
                .toArray();
        return operand.source()
                .map(buffer ->
                        buffers.get(buffer.name()).get(Arrays.stream(at).boxed().toList()))
                .orElseGet(() -> inputs.get(operand.matrix().input(), at));
    }

    private double soFar(Expr.Local accumulator, ReduceOp op) {
        double[] values = accumulators.get(accumulator.name()).stream()
                .mapToDouble(d -> d)
                .toArray();
        return ReferenceMath.reduce(op, values);
    }

    private void loop(Statement.Loop loop) {
        int extent = (int) evaluate(loop.extent());
        for (int round = 0; round < extent; round++) {
            int i = loop.rounds() == Statement.Rounds.DESCENDING ? extent - 1 - round : round;
            indices.put(loop.index(), i);
            run(loop.body());
        }
        indices.remove(loop.index());
    }

    private void store(Statement.StoreDerivative s) {
        int[] at = at(s.indices()).stream().mapToInt(i -> i).toArray();
        for (int axis = 0; axis < at.length; axis++) {
            if (at[axis] < 0 || at[axis] >= inputs.extent(s.input(), axis)) {
                return;
            }
        }
        Map<String, Double> entries = derivatives.computeIfAbsent(s.order(), o -> new TreeMap<>());
        String key = DerivativeValues.key(s.input(), at);
        double stored = evaluate(s.value());
        if (s.mode() == Statement.Mode.SET && entries.put(key, stored) != null) {
            throw new AssertionError("set twice: " + key);
        }
        if (s.mode() == Statement.Mode.ADD) {
            entries.merge(key, stored, Double::sum);
        }
    }

    private List<Integer> at(List<Expr> nodes) {
        return nodes.stream().map(n -> (int) evaluate(n)).toList();
    }

    private double evaluate(Expr node) {
        for (String local : mentioned.computeIfAbsent(node, LoopInterpreter::locals)) {
            if (!locals.containsKey(local)) {
                throw new AssertionError("undefined local " + local);
            }
        }
        return new Interpreter(exprs, inputs, locals).evaluate(node, indices);
    }

    /** The names of the locals in an expression, whether or not its value depends on them. */
    private static Set<String> locals(Expr node) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> names = new HashSet<>();
        List<Expr> pending = new ArrayList<>(List.of(node));
        while (!pending.isEmpty()) {
            Expr next = pending.removeLast();
            if (seen.add(next)) {
                pending.addAll(Exprs.operands(next));
                if (next instanceof Expr.Local local) {
                    names.add(local.name());
                }
            }
        }
        return names;
    }
}
