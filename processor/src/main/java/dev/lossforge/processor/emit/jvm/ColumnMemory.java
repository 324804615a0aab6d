package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.VectorNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the lanes of a {@link ColumnLoop} read and write: entries side by side in their place, others through blocks
 * that are copied before the loop or after it.
 */
final class ColumnMemory {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final VectorCalls calls;
    private final RowKernel kernel;
    private final Expr.Index lane;
    private final String start;
    private final CodeBlock.Builder before;
    private final Predicate<Expr> uniform;
    private final VectorLoop loop;
    private final ShiftedEntries shifted;
    private final Map<String, String> variables = new HashMap<>();

    /**
     * @param start the variable for the index of the first lane
     * @param before takes what is to be done in front of the loop
     * @param uniform whether a value is the same in all lanes
     */
    ColumnMemory(
            KernelScope scope,
            ScalarCode scalars,
            VectorCalls calls,
            RowKernel kernel,
            VectorLoop loop,
            Expr.Index lane,
            String start,
            CodeBlock.Builder before,
            Predicate<Expr> uniform) {
        this.scope = scope;
        this.scalars = scalars;
        this.calls = calls;
        this.kernel = kernel;
        this.lane = lane;
        this.start = start;
        this.before = before;
        this.uniform = uniform;
        this.loop = loop;
        this.shifted = new ShiftedEntries(scope, calls, loop, this, before);
    }

    /** Successive entries that a statement recalls, of a row or of a column. */
    Place recalled(Statement.Recall r) {
        if (ColumnLoop.endsIn(r.indices(), lane) || ColumnLoop.endsBeside(r.indices(), lane)) {
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
    Place kept(Buffer buffer, List<Expr> indices) {
        return kept(kernel.buffer(buffer), buffer, buffer.extents(), indices);
    }

    private Place kept(String array, Buffer buffer, List<Expr> extents, List<Expr> indices) {
        Term row = Operations.constant(0);
        for (int axis = 0; axis < indices.size(); axis++) {
            Term extent = scalars.of(extents.get(axis));
            Term scaled = axis == 0 ? row : Operations.binary(BinaryOp.MULTIPLY, row, extent);
            Term index = axis == indices.size() - 1
                    ? neighbours(indices.get(axis)).orElseThrow()
                    : scalars.of(indices.get(axis));
            row = Operations.plus(axis == 0 ? Operations.constant(0) : scaled, index);
        }
        return new Place(array, buffer.type() == Type.INT, offset(row), false);
    }

    /** A variable for where the lanes of a block begin. */
    String offset(Term term) {
        return variable("int", "offset", term);
    }

    String variable(String type, String suggestion, Term term) {
        return variables.computeIfAbsent(type + " " + term, key -> {
            String name = scope.fresh(suggestion);
            before.addStatement("$L $L = $L", type, name, term.code());
            return name;
        });
    }

    /** Whether a variable holds this already. */
    boolean hasVariable(String type, Term term) {
        return variables.containsKey(type + " " + term);
    }

    /** Successive entries of a derivative, in their place; none where they are elsewhere or may lie outside. */
    Optional<Place> derivative(Statement.StoreDerivative s) {
        return ColumnLoop.endsIn(s.indices(), lane) && scalars.isInside(s.input(), s.indices())
                ? Optional.of(
                        new Place(target(s), false, inPlace(s.input(), s.indices(), Term.atom("$L", start)), false))
                : Optional.empty();
    }

    private String inPlace(Input input, List<Expr> indices, Term first) {
        return offset(scalars.offset(input, rows(indices), first));
    }

    /** The entries that a load reads; none if they are not in some regular order. */
    Optional<VectorNode> load(Expr.Load load) {
        return shifted(load).or(() -> entries(load).map(loop::load));
    }

    private Optional<Place> entries(Expr.Load load) {
        boolean ints = load.type() == Type.INT;
        if (load.indices().isEmpty()) {
            return Optional.empty();
        }
        if (rows(load.indices()).stream().allMatch(uniform) && scalars.isInside(load.input(), load.indices())) {
            Optional<Term> first = neighbours(load.indices().getLast());
            if (first.isPresent()) {
                return Optional.of(new Place(
                        scope.array(load.input()), ints, inPlace(load.input(), load.indices(), first.get()), false));
            }
        }
        return copied(load).or(() -> column(load));
    }

    /** The position of the first lane, where those of the others follow it. */
    private Optional<Term> neighbours(Expr index) {
        return Affine.of(scope.exprs(), index)
                .filter(position -> position.count(lane) == 1)
                .map(position -> position.withoutIndex(lane).sum(scope.exprs()))
                .filter(uniform)
                .map(shift -> plus(Term.atom("$L", start), shift));
    }

    private Term plus(Term first, Expr shift) {
        return shift instanceof Expr.IntConstant c && c.value() < 0
                ? Operations.binary(BinaryOp.SUBTRACT, first, Operations.constant(-c.value()))
                : Operations.plus(first, scalars.of(shift));
    }

    /** Entries of one row at regular positions, copied to a block, NaN for those outside. */
    private Optional<Place> copied(Expr.Load load) {
        return positions(load.indices()).map(positions -> {
            boolean ints = load.type() == Type.INT;
            CodeBlock from =
                    CodeBlock.of("$L, $L", scope.array(load.input()), places(load.input(), load.indices(), positions));
            String block = variables.computeIfAbsent("copy " + from, key -> {
                String copy = calls.block("copy", ints);
                before.addStatement("$T.$L($L, $L, n)", RuntimeTypes.ROW_ENTRIES, reader(positions), from, copy);
                return copy;
            });
            return VectorCalls.place(block, ints);
        });
    }

    /** What a load reads, if its entries follow each other in one row, whose ends they may pass. */
    private Optional<VectorNode> shifted(Expr.Load load) {
        if (load.indices().isEmpty() || scalars.isInside(load.input(), load.indices())) {
            return Optional.empty();
        }
        return positions(load.indices())
                .filter(p -> p.modulus().isEmpty() && p.step() == scope.exprs().constant(1))
                .map(p -> shifted.of(
                        load.input(),
                        scalars.offset(load.input(), rows(load.indices()), Operations.constant(0)),
                        scalars.extentOfRow(load.input(), rows(load.indices())),
                        plus(Term.atom("$L", start), p.first()),
                        isOfWholeRow(load)));
    }

    /** Whether each lane reads its own column. */
    private boolean isOfWholeRow(Expr.Load load) {
        return load.indices().getLast() == lane
                && scope.isInside(lane, load.input(), load.indices().size() - 1);
    }

    private static String reader(LanePositions positions) {
        return positions.modulus().isPresent() ? "loadRing" : "load";
    }

    private Optional<LanePositions> positions(List<Expr> indices) {
        return rows(indices).stream().allMatch(uniform)
                ? LanePositions.of(scope.exprs(), indices.getLast(), lane, uniform)
                : Optional.empty();
    }

    /** Row, extent, first position, and step or modulus: as {@code RowEntries} takes them. */
    private CodeBlock places(Input input, List<Expr> indices, LanePositions positions) {
        Term step = scalars.of(positions.step());
        Term begin = Term.atom("$L", start);
        Term lanes = positions.step() == scope.exprs().constant(1)
                ? begin
                : Operations.binary(BinaryOp.MULTIPLY, begin, step);
        return CodeBlock.of(
                "$L, $L, $L, $L",
                scalars.offset(input, rows(indices), Operations.constant(0)).code(),
                scalars.extentOfRow(input, rows(indices)).code(),
                plus(lanes, positions.first()).code(),
                positions.modulus().map(scalars::of).orElse(step).code());
    }

    /** What adds a block to a derivative, or stores it there, at regular positions; none where they are not. */
    Optional<CodeBlock> scatter(Statement.StoreDerivative s, String array, String block) {
        return s.indices().isEmpty()
                ? Optional.empty()
                : positions(s.indices())
                        .filter(p -> s.mode() == Statement.Mode.ADD)
                        .map(p -> CodeBlock.builder()
                                .addStatement(
                                        "$T.$L($L, $L, $L, n)",
                                        RuntimeTypes.ROW_ENTRIES,
                                        p.modulus().isPresent() ? "addRing" : "add",
                                        block,
                                        array,
                                        places(s.input(), s.indices(), p))
                                .build());
    }

    /** What stores a block in one column of a derivative, or adds it there; none where it goes elsewhere. */
    Optional<CodeBlock> column(Statement.StoreDerivative s, String block) {
        return isColumn(s.indices()) && scope.isInside(s.indices().getFirst(), s.input(), 0)
                ? Optional.of(CodeBlock.builder()
                        .addStatement(
                                "$T.$L($L, $L, $L, $L, $L, n)",
                                RuntimeTypes.BLOCK,
                                s.mode() == Statement.Mode.SET ? "storeColumn" : "addColumn",
                                block,
                                target(s),
                                firstRow(s.input()),
                                scope.extent(s.input(), 1),
                                scalars.of(s.indices().getLast()).code())
                        .build())
                : Optional.empty();
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

    /** Entries of one column in successive rows, copied to a block; in rows of one they stand side by side. */
    private Optional<Place> column(Expr.Load load) {
        if (!isColumn(load.indices()) || !scope.isInside(load.indices().getFirst(), load.input(), 0)) {
            return Optional.empty();
        }
        boolean ints = load.type() == Type.INT;
        String array = scope.array(load.input());
        String column = variable("int", "column", scalars.of(load.indices().getLast()));
        String row = firstRow(load.input());
        String block = variables.computeIfAbsent("column " + array + " " + column, key -> {
            String copy = calls.block("column", ints);
            before.add(column(load, row, column, copy));
            return copy;
        });
        return Optional.of(VectorCalls.place(block, ints));
    }

    /** What copies a column to a block. Rows of one stand there as they are, and outside of a row all is NaN, or 0. */
    private CodeBlock column(Expr.Load load, String row, String column, String copy) {
        Input input = load.input();
        String array = scope.array(input);
        String columns = scope.extent(input, 1);
        return CodeBlock.builder()
                .beginControlFlow(
                        "$L",
                        scalars.isInside(input, load.indices())
                                ? CodeBlock.of("if ($L > 1)", columns)
                                : CodeBlock.of("if ($L > 1 && $L >= 0 && $L < $L)", columns, column, column, columns))
                .add(calls.target()
                        .copy(
                                load.type() == Type.INT ? ColumnCopy.COLUMN_OF_INTS : ColumnCopy.COLUMN,
                                array,
                                row + " * " + columns + " + " + column,
                                columns,
                                copy,
                                "n"))
                .nextControlFlow("else")
                .addStatement("$T.column($L, $L, $L, $L, $L, n)", RuntimeTypes.BLOCK, array, row, columns, column, copy)
                .endControlFlow()
                .build();
    }

    /** A variable for the row of the first lane, among those of all units. */
    private String firstRow(Input input) {
        return scope.formulaScope() == Scope.BATCH
                ? start
                : offset(Operations.plus(
                        Term.infix(Term.atom("unit"), "*", Term.atom("$L", scope.extent(input, 0)), Strength.PRODUCT),
                        Term.atom("$L", start)));
    }

    /** Whether the rows are the lanes and the column is the same in all. */
    private boolean isColumn(List<Expr> indices) {
        return indices.size() == 2 && indices.getFirst() == lane && uniform.test(indices.getLast());
    }
}
