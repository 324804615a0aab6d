package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the values of a tile's units stand. A value per unit is read and written in place; of a row or matrix per unit,
 * entry j of all units is a column, {@code columns[j · size + k]}, copied from the units before and to them afterwards.
 */
final class TileMemory implements LaneMemory {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final UnitWeights weights;
    private final CodeBlock.Builder head = CodeBlock.builder();
    private final CodeBlock.Builder loads = CodeBlock.builder();
    private final CodeBlock.Builder stores = CodeBlock.builder();
    private final Map<Object, String> known = new HashMap<>();
    private final Map<String, String> offsets = new HashMap<>();
    private final Set<String> keptInLoop = new HashSet<>();
    private final List<CodeBlock> extents = new ArrayList<>();

    TileMemory(KernelScope scope, ScalarCode scalars, VectorCalls calls, UnitWeights weights) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.weights = weights;
    }

    /** The declarations that stand in front of the tiles. */
    CodeBlock head() {
        return CodeBlock.join(List.of(head.build(), weights.head()), "");
    }

    /** What copies the units of a tile to columns. */
    CodeBlock loads() {
        return CodeBlock.join(List.of(loads.build(), weights.loads()), "");
    }

    /** What copies columns to the units of a tile. */
    CodeBlock stores() {
        return stores.build();
    }

    /** The number of entries that a unit has in columns. */
    CodeBlock entries() {
        return extents.isEmpty() ? CodeBlock.of("1") : CodeBlock.join(extents, " + ");
    }

    @Override
    public void nextLoop() {
        offsets.clear();
        keptInLoop.clear();
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return !(leaf instanceof Expr.Load load) || load.input().role() == Role.PARAMETER;
    }

    @Override
    public VectorNode index(Expr.Index index, VectorLoop loop) {
        throw new IllegalStateException("an index is uniform");
    }

    @Override
    public boolean wasKept(Buffer buffer) {
        return keptInLoop.contains(buffer.name());
    }

    @Override
    public CodeBlock storeValue(VectorNode value, VectorLoop loop) {
        return weights.storeValue(value, loop, calls);
    }

    @Override
    public VectorNode scaled(VectorNode derivative, VectorLoop loop) {
        return weights.scaled(derivative, loop);
    }

    @Override
    public Optional<Place> entries(Expr.Load load, Predicate<Expr> uniform, CodeBlock.Builder before) {
        return isOfEachUnit(load.input(), load.indices(), uniform)
                ? Optional.of(column(load, before))
                : Optional.empty();
    }

    /** Whether each unit has an entry of its own at indices that are the same for all. */
    private static boolean isOfEachUnit(Input input, List<Expr> indices, Predicate<Expr> uniform) {
        return input.role() != Role.PARAMETER && indices.stream().allMatch(uniform);
    }

    /** The entries of all units that a load with uniform indices reads. */
    private Place column(Expr.Load load, CodeBlock.Builder before) {
        Input input = load.input();
        boolean ints = input.type() == Type.INT;
        if (load.indices().isEmpty()) {
            return new Place(scope.array(input), ints, "at", false);
        }
        String columns = known.computeIfAbsent(List.of("columns", input.position()), key -> {
            String entries = unitSize(input);
            String name = columns(input.name() + "Columns", ints, entries);
            loads.add(calls.target()
                    .copy(
                            ints ? ColumnCopy.LOAD_INTS : ColumnCopy.LOAD,
                            scope.array(input),
                            "at * " + entries,
                            entries,
                            name,
                            "size",
                            "n"));
            return name;
        });
        return isInside(input, load.indices())
                ? new Place(columns, ints, offset(position(input, load.indices()), before), true)
                : guarded(columns, ints, input, load.indices(), before);
    }

    /** The number of entries of a unit, as a product of extents. */
    private String unitSize(Input input) {
        return IntStream.range(0, input.rank())
                .mapToObj(axis -> scope.extent(input, axis))
                .collect(Collectors.joining(" * "));
    }

    private boolean isInside(Input input, List<Expr> indices) {
        return IntStream.range(0, indices.size()).allMatch(axis -> scope.isInside(indices.get(axis), input, axis));
    }

    /** The row-major position of an entry in its unit. */
    private Term position(Input input, List<Expr> indices) {
        return position(input, indices.stream().map(scalars::of).toArray(Term[]::new));
    }

    private Term position(Input input, Term... indices) {
        List<Term> extents = IntStream.range(0, input.rank())
                .mapToObj(axis -> Term.atom("$L", scope.extent(input, axis)))
                .toList();
        return Operations.rowMajor(List.of(indices), extents);
    }

    private String columns(String suggestion, boolean ints, String extent) {
        extents.add(CodeBlock.of("$L", extent));
        return calls.columns(suggestion, ints, CodeBlock.of("$L * size", extent));
    }

    /** A column that may lie outside the row: there all entries are NaN, or 0. */
    private Place guarded(String columns, boolean ints, Input input, List<Expr> indices, CodeBlock.Builder before) {
        String outside = known.computeIfAbsent(List.of("outside", ints), key -> {
            String name = calls.block("outside", ints);
            if (!ints) {
                head.addStatement("$T.fill($L, $T.NaN)", Arrays.class, name, Float.class);
            }
            return name;
        });
        return inRange(columns, outside, ints, input, indices, before);
    }

    private Place inRange(
            String columns, String otherwise, boolean ints, Input input, List<Expr> indices, CodeBlock.Builder before) {
        Term[] positions = indices.stream()
                .map(index -> declared(scalars.of(index), before))
                .toArray(Term[]::new);
        String inside = scope.fresh("inside");
        String array = scope.fresh("column");
        String offset = scope.fresh("offset");
        before.addStatement("boolean $L = $L", inside, isInside(input, positions))
                .addStatement(
                        ints ? "int[] $L = $L ? $L : $L" : "float[] $L = $L ? $L : $L",
                        array,
                        inside,
                        columns,
                        otherwise)
                .addStatement(
                        "int $L = $L ? $L * size : 0",
                        offset,
                        inside,
                        position(input, positions).in(Strength.PRODUCT));
        return new Place(array, ints, offset, true);
    }

    /** A variable for an index. */
    private Term declared(Term index, CodeBlock.Builder before) {
        String position = scope.fresh("position");
        before.addStatement("int $L = $L", position, index.code());
        return Term.atom("$L", position);
    }

    private CodeBlock isInside(Input input, Term... positions) {
        return IntStream.range(0, positions.length)
                .mapToObj(axis -> CodeBlock.of(
                        "$L >= 0 && $L < $L",
                        positions[axis].code(),
                        positions[axis].code(),
                        scope.extent(input, axis)))
                .collect(CodeBlock.joining(" && "));
    }

    /** A variable for where column number {@code index} begins. */
    private String offset(Term index, CodeBlock.Builder before) {
        return offsets.computeIfAbsent(index.toString(), text -> {
            String offset = scope.fresh("offset");
            before.addStatement("int $L = $L * size", offset, index.in(Strength.PRODUCT));
            return offset;
        });
    }

    @Override
    public Place keep(Buffer buffer, List<Expr> indices, CodeBlock.Builder before) {
        keptInLoop.add(buffer.name());
        return kept(buffer, indices, before);
    }

    @Override
    public Optional<Term> shared(Statement.Recall recall) {
        return Optional.empty();
    }

    @Override
    public Place kept(Buffer buffer, List<Expr> indices, CodeBlock.Builder before) {
        boolean ints = buffer.type() == Type.INT;
        String array = known.computeIfAbsent(List.of("buffer", buffer.name()), key -> {
            CodeBlock size = buffer.extents().stream()
                    .map(e -> scalars.of(e).above(Strength.PRODUCT))
                    .collect(CodeBlock.joining(" * "));
            return columns(buffer.name(), ints, size.toString());
        });
        return new Place(array, ints, offset(position(buffer, indices), before), true);
    }

    private Term position(Buffer buffer, List<Expr> indices) {
        return Operations.rowMajor(
                indices.stream().map(scalars::of).toList(),
                buffer.extents().stream().map(scalars::of).toList());
    }

    @Override
    public Optional<Place> derivative(Statement.StoreDerivative s, Predicate<Expr> uniform, CodeBlock.Builder before) {
        return isOfEachUnit(s.input(), s.indices(), uniform) ? Optional.of(target(s, before)) : Optional.empty();
    }

    @Override
    public CodeBlock total(Statement.StoreDerivative s, Term sum) {
        Term index = s.indices().isEmpty()
                ? Operations.constant(0)
                : scalars.of(s.indices().getFirst());
        return Term.statement("$L[$L] += $L", scope.derivative(s.order(), s.input()), index, sum);
    }

    private Place target(Statement.StoreDerivative s, CodeBlock.Builder before) {
        Input input = s.input();
        if (s.indices().isEmpty()) {
            String array = valueTarget(s.order(), input);
            return new Place(array, false, s.order() == 1 ? "at" : array + "At", false);
        }
        String columns = columnTarget(s.order(), input);
        if (isInside(input, s.indices())) {
            return new Place(columns, false, offset(position(input, s.indices()), before), true);
        }
        String spare = known.computeIfAbsent("spare", key -> calls.block("spare", false));
        return inRange(columns, spare, false, input, s.indices(), before);
    }

    /** The array of a derivative that has one value per unit; a Hessian may be unwanted. */
    private String valueTarget(int order, Input input) {
        String array = scope.derivative(order, input);
        if (order == 1) {
            return array;
        }
        return known.computeIfAbsent(List.of("target", order, input.position()), key -> {
            String target = scope.fresh(array + "Target");
            head.addStatement(
                    "float[] $L = $L == null ? $T.floats(size) : $L", target, array, RuntimeTypes.BLOCK, array);
            loads.addStatement("int $LAt = $L == null ? 0 : at", target, array);
            return target;
        });
    }

    private String columnTarget(int order, Input input) {
        return known.computeIfAbsent(List.of("target", order, input.position()), key -> {
            String array = scope.derivative(order, input);
            String entries = unitSize(input);
            String name = columns(array + "Columns", false, entries);
            if (order > 1) {
                stores.beginControlFlow("if ($L != null)", array);
            }
            stores.add(stored(input, name, array, entries));
            if (order > 1) {
                stores.endControlFlow();
            }
            return name;
        });
    }

    /** What copies columns to units. The order in which vectors gather them would be too long for matrices. */
    private CodeBlock stored(Input input, String columns, String array, String entries) {
        return input.rank() == 1
                ? calls.target().copy(ColumnCopy.STORE, columns, "size", array, "at * " + entries, entries, "n")
                : Term.statement(
                        "$T.store($L, size, $L, at * $L, $L, n)", RuntimeTypes.BLOCK, columns, array, entries, entries);
    }

    @Override
    public CodeBlock clear(Statement.Clear c) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (c.input().role()) {
            case PARAMETER -> {}
            case PREDICTION, WEIGHT, TARGET -> {
                if (c.input().rank() > 0) {
                    code.addStatement("$T.fill($L, 0f)", Arrays.class, columnTarget(c.order(), c.input()));
                } else {
                    String array = valueTarget(c.order(), c.input());
                    String from = c.order() == 1 ? "at" : array + "At";
                    code.addStatement("$T.fill($L, $L, $L + n, 0f)", Arrays.class, array, from, from);
                }
            }
        }
        return code.build();
    }

    @Override
    public CodeBlock each(CodeBlock body) {
        return CodeBlock.builder()
                .beginControlFlow("for (int k = 0; k < n; k++)")
                .addStatement("int unit = at + k")
                .add(body)
                .endControlFlow()
                .build();
    }

    @Override
    public CodeBlock scatter(Statement.StoreDerivative s, ScalarCode lane, String values) {
        String operator = s.mode() == Statement.Mode.ADD ? "+=" : "=";
        CodeBlock.Builder code = CodeBlock.builder();
        Term[] positions = s.indices().stream()
                .map(index -> declared(lane.of(index), code))
                .toArray(Term[]::new);
        code.beginControlFlow("if ($L)", isInside(s.input(), positions));
        Term position = position(s.input(), positions);
        switch (s.input().role()) {
            case PARAMETER ->
                code.addStatement("$L[$L] += $L[k]", scope.derivative(s.order(), s.input()), position.code(), values);
            case PREDICTION, WEIGHT, TARGET ->
                code.addStatement(
                        "$L[$L * size + k] $L $L[k]",
                        columnTarget(s.order(), s.input()),
                        position.in(Strength.PRODUCT),
                        operator,
                        values);
        }
        return code.endControlFlow().build();
    }
}
