package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.VectorFunctions;
import dev.lossforge.processor.vector.VectorNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where the values of a strip stand: of successive rounds of a loop. A value per round is read and written in its
 * place; of a matrix with a row per round, entry j of all rounds is a column, copied from the rows before and to them
 * afterwards.
 */
final class StripMemory implements LaneMemory {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final RowKernel kernel;
    private final Statement.Loop source;
    private final Expr.Index lane;
    private final String start;
    private final Set<String> ownBuffers;
    private final CodeBlock.Builder loads = CodeBlock.builder();
    private final CodeBlock.Builder stores = CodeBlock.builder();
    private final Map<Object, String> columns = new HashMap<>();
    private final Map<String, String> offsets = new HashMap<>();
    private final Set<String> keptInLoop = new HashSet<>();

    /**
     * @param start the variable for the first round
     * @param ownBuffers those of which each round has its own
     */
    StripMemory(
            KernelScope scope,
            ScalarCode scalars,
            VectorCalls calls,
            RowKernel kernel,
            Statement.Loop source,
            String start,
            Set<String> ownBuffers) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.kernel = kernel;
        this.source = source;
        this.lane = source.index();
        this.start = start;
        this.ownBuffers = ownBuffers;
    }

    /** What copies the rows of a strip to columns. */
    CodeBlock loads() {
        return loads.build();
    }

    /** What copies columns to the rows of a strip. */
    CodeBlock stores() {
        return stores.build();
    }

    @Override
    public void nextLoop() {
        offsets.clear();
        keptInLoop.clear();
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return leaf != lane;
    }

    @Override
    public VectorNode index(Expr.Index index, VectorLoop loop) {
        return VectorFunctions.binary(loop.graph(), BinaryOp.ADD, loop.position(), loop.uniform(start, Type.INT));
    }

    @Override
    public Optional<Place> entries(Expr.Load load, Predicate<Expr> uniform, CodeBlock.Builder before) {
        Input input = load.input();
        boolean ints = load.type() == Type.INT;
        if (!isOfEachRound(input, load.indices(), uniform)) {
            return Optional.empty();
        }
        if (load.indices().getLast() == lane) {
            return Optional.of(new Place(scope.array(input), ints, inPlace(input, load.indices(), before), false));
        }
        String array = columns.computeIfAbsent(List.of("columns", input.position()), key -> {
            String name = columnsOf(input, input.name());
            loads.add(copy(ints ? ColumnCopy.LOAD_INTS : ColumnCopy.LOAD, input, scope.array(input), name));
            return name;
        });
        return Optional.of(
                new Place(array, ints, column(scalars.of(load.indices().getLast()), before), true));
    }

    /** Whether each round has an entry of its own: in a row of its own, or beside those of the other rounds. */
    private boolean isOfEachRound(Input input, List<Expr> indices, Predicate<Expr> uniform) {
        return indices.stream().filter(i -> i == lane).count() == 1
                && indices.stream().allMatch(i -> i == lane || uniform.test(i))
                && (scalars.isInside(input, indices) || isKnownColumn(input, indices));
    }

    /** Whether a row's column has a number, which is inside at a call of {@link TallMatrices}. */
    private boolean isKnownColumn(Input input, List<Expr> indices) {
        return indices.size() == 2
                && scope.isInside(indices.getFirst(), input, 0)
                && TallMatrices.isNumbered(indices.getLast());
    }

    private String inPlace(Input input, List<Expr> indices, CodeBlock.Builder before) {
        return offset(scalars.offset(input, indices.subList(0, indices.size() - 1), Term.atom("$L", start)), before);
    }

    /** A variable for a position. */
    private String offset(Term position, CodeBlock.Builder before) {
        return offsets.computeIfAbsent(position.toString(), text -> {
            String offset = scope.fresh("offset");
            before.addStatement("int $L = $L", offset, position.code());
            return offset;
        });
    }

    /** Where a column begins. */
    private String column(Term number, CodeBlock.Builder before) {
        return offset(Term.infix(number, "*", Term.atom("$T.SIZE", RuntimeTypes.BLOCK), Strength.PRODUCT), before);
    }

    /** Memory for the columns of a matrix. */
    private String columnsOf(Input input, String name) {
        return calls.block(
                name + "Columns",
                input.type() == Type.INT,
                CodeBlock.of("$L * $T.SIZE", scope.extent(input, 1), RuntimeTypes.BLOCK));
    }

    /** Copies the rows of an array that is as large as an input. */
    private CodeBlock copy(ColumnCopy copy, Input input, String rows, String columns) {
        Term row = Term.infix(Term.atom("$L", start), "*", Term.atom("$L", scope.extent(input, 1)), Strength.PRODUCT);
        CodeBlock first = Operations.plus(scalars.unitOffset(input), row).code();
        String length = scope.extent(input, 1);
        return copy == ColumnCopy.STORE
                ? calls.target().copy(copy, columns, "Block.SIZE", rows, first, length, "n")
                : calls.target().copy(copy, rows, first, length, columns, "Block.SIZE", "n");
    }

    @Override
    public boolean wasKept(Buffer buffer) {
        return keptInLoop.contains(buffer.name());
    }

    @Override
    public Place keep(Buffer buffer, List<Expr> indices, CodeBlock.Builder before) {
        keptInLoop.add(buffer.name());
        return kept(buffer, indices, before);
    }

    @Override
    public Place kept(Buffer buffer, List<Expr> indices, CodeBlock.Builder before) {
        boolean ints = buffer.type() == Type.INT;
        if (indices.contains(lane)) {
            return new Place(kernel.buffer(buffer), ints, offset(firstOf(buffer, indices), before), false);
        }
        String array = columns.computeIfAbsent(List.of("buffer", buffer.name()), key -> {
            CodeBlock size = buffer.extents().stream()
                    .map(e -> CodeBlock.of("$L * ", scalars.of(e).above(Strength.PRODUCT)))
                    .collect(CodeBlock.joining(""));
            return calls.block(buffer.name(), ints, CodeBlock.of("$L$T.SIZE", size, RuntimeTypes.BLOCK));
        });
        return new Place(array, ints, column(kernel.position(buffer, indices), before), true);
    }

    /** Where a table keeps the value of the first round. */
    private Term firstOf(Buffer buffer, List<Expr> indices) {
        return Operations.rowMajor(
                indices.stream()
                        .map(i -> i == lane ? Term.atom("$L", start) : scalars.of(i))
                        .toList(),
                buffer.extents().stream().map(scalars::of).toList());
    }

    @Override
    public Optional<Term> shared(Statement.Recall recall) {
        return ownBuffers.contains(recall.buffer().name()) || recall.indices().contains(lane)
                ? Optional.empty()
                : Optional.of(Term.atom(
                        "$L[$L]", kernel.buffer(recall.buffer()), kernel.position(recall.buffer(), recall.indices())));
    }

    @Override
    public CodeBlock storeValue(VectorNode value, VectorLoop loop) {
        throw new IllegalStateException("a round has no loss");
    }

    @Override
    public VectorNode scaled(VectorNode derivative, VectorLoop loop) {
        return loop.graph().multiply(derivative, loop.uniform("scale", Type.FLOAT));
    }

    @Override
    public Optional<Place> derivative(Statement.StoreDerivative s, Predicate<Expr> uniform, CodeBlock.Builder before) {
        Input input = s.input();
        if (input.role() == Role.PARAMETER || !isOfEachRound(input, s.indices(), uniform)) {
            return Optional.empty();
        }
        if (s.indices().getLast() == lane) {
            String array = scope.derivative(s.order(), input);
            return Optional.of(new Place(array, false, inPlace(input, s.indices(), before), false));
        }
        return Optional.of(
                new Place(columnTarget(s), false, column(scalars.of(s.indices().getLast()), before), true));
    }

    /** The columns of a derivative, of which each round has a row. */
    private String columnTarget(Statement.StoreDerivative s) {
        Input input = s.input();
        return columns.computeIfAbsent(List.of("target", input.position()), key -> {
            String array = scope.derivative(s.order(), input);
            String name = columnsOf(input, array);
            loads.add(SetRows.unlessSet(
                    source, input, scope.extent(input, 1), copy(ColumnCopy.LOAD, input, array, name)));
            stores.add(copy(ColumnCopy.STORE, input, array, name));
            return name;
        });
    }

    @Override
    public CodeBlock total(Statement.StoreDerivative s, Term sum) {
        return kernel.derivatives()
                .guarded(
                        s.order(),
                        s.input(),
                        kernel.derivatives()
                                .store(
                                        s,
                                        s.input().role() == Role.PARAMETER ? sum : Term.atom("(float) $L", sum),
                                        scalars));
    }

    @Override
    public CodeBlock scatter(Statement.StoreDerivative s, ScalarCode laneCode, String values) {
        if (s.input().role() != Role.PARAMETER
                && s.indices().size() == 2
                && s.indices().getFirst() == lane) {
            String column = scope.fresh("column");
            return CodeBlock.builder()
                    .addStatement(
                            "int $L = $L",
                            column,
                            laneCode.of(s.indices().getLast()).code())
                    .beginControlFlow("if ($L >= 0 && $L < $L)", column, column, scope.extent(s.input(), 1))
                    .addStatement(
                            "$L[$L * $T.SIZE + k] $L $L[k]",
                            columnTarget(s),
                            column,
                            RuntimeTypes.BLOCK,
                            s.mode() == Statement.Mode.ADD ? "+=" : "=",
                            values)
                    .endControlFlow()
                    .build();
        }
        return kernel.derivatives()
                .guarded(s.order(), s.input(), kernel.derivatives().store(s, Term.atom("$L[k]", values), laneCode));
    }

    @Override
    public CodeBlock clear(Statement.Clear c) {
        throw new IllegalStateException("a round clears no derivative");
    }

    @Override
    public CodeBlock each(CodeBlock body) {
        return CodeBlock.builder()
                .beginControlFlow("for (int k = 0; k < n; k++)")
                .addStatement("int $L = $L + k", scope.index(lane), start)
                .add(body)
                .endControlFlow()
                .build();
    }
}
