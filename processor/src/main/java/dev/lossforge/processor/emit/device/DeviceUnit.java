package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes the statements of one unit for a single work-item, in order. The variable {@code weight} holds the unit's
 * weight, {@code scale} the factor of its derivatives, and {@code total} the sum of the losses.
 */
final class DeviceUnit {
    private final DeviceScope scope;
    private final DeviceCode code;
    private final String unit;
    private final String weight;
    private final String scale;
    private final Optional<ParameterParts> parameters;

    /** @param parameters adds up the gradients of hyperparameters; empty if they are stored like other derivatives */
    DeviceUnit(DeviceScope scope, String unit, String weight, String scale, Optional<ParameterParts> parameters) {
        this.scope = scope;
        this.parameters = parameters;
        this.code = new DeviceCode(scope, unit);
        this.unit = unit;
        this.weight = weight;
        this.scale = scale;
    }

    CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder block = CodeBlock.builder();
        statements.forEach(s -> block.add(statement(s)));
        return block.build();
    }

    CodeBlock statement(Statement statement) {
        return switch (statement) {
            case Statement.Define d -> define(d.local(), code.of(d.value()));
            case Statement.Loop l -> loop(l, Rounds.ALL);
            case Statement.Start s -> start(s);
            case Statement.Accumulate a -> accumulate(a);
            case Statement.Finish f -> define(f.result(), result(f));
            case Statement.Running r ->
                define(r.result(), result(new Statement.Finish(r.result(), r.accumulator(), r.op())));
            case Statement.Sort s -> sort(s);
            case Statement.Product p -> throw new IllegalStateException("a device has no products of its own");
            case Statement.Keep k ->
                line(
                        "$L.set($L, $L)",
                        scope.tables(k.buffer().type()),
                        code.place(k.buffer(), k.indices()),
                        code.of(k.value()));
            case Statement.Recall r ->
                define(
                        r.result(),
                        Term.atom("$L.get($L)", scope.tables(r.buffer().type()), code.place(r.buffer(), r.indices())));
            case Statement.StoreValue v -> storeValue(v);
            case Statement.StoreDerivative s -> storeDerivative(s);
            case Statement.Clear c -> clear(c.order(), c.input(), Rounds.ALL);
        };
    }

    private CodeBlock sort(Statement.Sort sort) {
        return line(
                "$T.$L($L, $L, $L, $L, $L, c.globalGroupSizeX, c.globalIdx)",
                DeviceTypes.SORTING,
                OperationNames.of(sort.op()),
                scope.tables(sort.source().buffer().type()),
                code.first(sort.source()),
                scope.tables(sort.target().buffer().type()),
                code.first(sort.target()),
                code.of(sort.count()));
    }

    private static CodeBlock line(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, Term.unwrap(arguments)).build();
    }

    CodeBlock define(Expr.Local local, Term value) {
        return line("$T $L = $L", Operations.javaType(local.type()), scope.local(local), value);
    }

    CodeBlock loop(Statement.Loop loop, Rounds rounds) {
        CodeBlock.Builder block = CodeBlock.builder();
        CodeBlock extent = extent(loop.extent(), block);
        String index = scope.index(loop.index());
        boolean descends = loop.rounds() == Statement.Rounds.DESCENDING;
        String round = descends ? scope.fresh("round") : index;
        block.beginControlFlow("$L", rounds.over(round, extent));
        if (descends) {
            block.addStatement("int $L = $L - 1 - $L", index, extent, round);
        }
        return block.add(statements(loop.body())).endControlFlow().build();
    }

    /**
     * The number of rounds of a loop, as a name. If a loop's condition contains a choice, such as the guard of a
     * computed index, TornadoVM compiles a loop that tests only the choice and never ends.
     */
    private CodeBlock extent(Expr extent, CodeBlock.Builder before) {
        CodeBlock value = code.of(extent).code();
        if (extent instanceof Expr.Extent || extent instanceof Expr.IntConstant || extent instanceof Expr.Local) {
            return value;
        }
        String name = scope.fresh("rounds");
        before.addStatement("int $L = $L", name, value);
        return CodeBlock.of("$L", name);
    }

    private CodeBlock start(Statement.Start start) {
        Expr.Local accumulator = start.accumulator();
        String name = scope.local(accumulator);
        String type = accumulator.type() == Type.INT ? "int" : "float";
        return switch (start.op()) {
            case SUM -> accumulator.type() == Type.INT ? line("int $L = 0", name) : startSum(name, accumulator);
            case PRODUCT -> line("$L $L = 1", type, name);
            case MAX -> line("$L $L = $L", type, name, least(accumulator.type(), true));
            case MIN -> line("$L $L = $L", type, name, least(accumulator.type(), false));
            case NORM -> throw Statements.unexpected(start.op());
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS ->
                CodeBlock.join(
                        List.of(
                                line("float $L = $T.NEGATIVE_INFINITY", name, Float.class),
                                startSum(scope.partner(accumulator), accumulator)),
                        "");
            case ARG_MAX, ARG_MIN ->
                CodeBlock.join(
                        List.of(line("int $L = -1", name), line("float $L = 0", scope.partner(accumulator))), "");
        };
    }

    /** Starts a sum and its accumulated rounding error. */
    private CodeBlock startSum(String sum, Expr.Local accumulator) {
        return CodeBlock.builder()
                .add(line("float $L = 0", sum))
                .add(line("float $L = 0", scope.lost(accumulator)))
                .build();
    }

    private CodeBlock addTerm(Statement.Accumulate a, Term value) {
        String x = scope.fresh("x");
        return CodeBlock.builder()
                .add(line("float $L = $L", x, value))
                .add(addTo(scope.local(a.accumulator()), scope.lost(a.accumulator()), x))
                .build();
    }

    private static CodeBlock addTo(String sum, String lost, String x) {
        return CodeBlock.builder()
                .add(line("$L = $T.lost($L, $L, $L)", lost, DeviceTypes.REDUCTIONS, lost, sum, x))
                .add(line("$L += $L", sum, x))
                .build();
    }

    private static CodeBlock least(Type type, boolean least) {
        return type == Type.INT
                ? CodeBlock.of(least ? "$T.MIN_VALUE" : "$T.MAX_VALUE", Integer.class)
                : CodeBlock.of(least ? "$T.NEGATIVE_INFINITY" : "$T.POSITIVE_INFINITY", Float.class);
    }

    private CodeBlock accumulate(Statement.Accumulate a) {
        String name = scope.local(a.accumulator());
        Term value = code.of(a.value());
        return switch (a.op()) {
            case SUM -> a.accumulator().type() == Type.INT ? line("$L += $L", name, value) : addTerm(a, value);
            case PRODUCT -> line("$L *= $L", name, value);
            case MAX -> line("$L = $T.max($L, $L)", name, DeviceTypes.MATH, name, value);
            case MIN -> line("$L = $T.min($L, $L)", name, DeviceTypes.MATH, name, value);
            case NORM -> throw Statements.unexpected(a.op());
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> addExponential(a, value);
            case ARG_MAX -> raise(a, value);
            case ARG_MIN -> raise(a, Operations.unary(UnaryOp.NEGATE, value));
        };
    }

    /**
     * Keeps the largest value and the sum of the other exponentials relative to it. Their sum may be far below the
     * rounding error of the largest one, which is 1.
     */
    private CodeBlock addExponential(Statement.Accumulate a, Term value) {
        String max = scope.local(a.accumulator());
        String sum = scope.partner(a.accumulator());
        String lost = scope.lost(a.accumulator());
        String x = scope.fresh("x");
        String shrink = scope.fresh("shrink");
        String exponential = scope.fresh("exponential");
        return CodeBlock.builder()
                .add(line("float $L = $L", x, value))
                .add(line("float $L = $T.shrink($L, $L)", shrink, DeviceTypes.REDUCTIONS, max, x))
                .add(line("float $L = $T.exponential($L, $L)", exponential, DeviceTypes.REDUCTIONS, max, x))
                .add(addTo(sum, lost, exponential))
                .add(line("$L *= $L", sum, shrink))
                .add(line("$L *= $L", lost, shrink))
                .add(line("$L = $L > $L ? $L : $L", max, x, max, x, max))
                .build();
    }

    private CodeBlock raise(Statement.Accumulate a, Term value) {
        String position = scope.local(a.accumulator());
        String best = scope.partner(a.accumulator());
        String x = scope.fresh("x");
        return CodeBlock.builder()
                .add(line("float $L = $L", x, value))
                .beginControlFlow("if ($L < 0 | $T.beats($L, $L))", position, DeviceTypes.REDUCTIONS, x, best)
                .add(line("$L = $L", position, scope.index(a.position())))
                .add(line("$L = $L", best, x))
                .endControlFlow()
                .build();
    }

    /** The result of a reduction. */
    Term result(Statement.Finish f) {
        String accumulator = scope.local(f.accumulator());
        return switch (f.op()) {
            case SUM ->
                f.accumulator().type() == Type.INT ? Term.atom(accumulator) : wholeSum(accumulator, f.accumulator());
            case PRODUCT, MAX, MIN, ARG_MAX, ARG_MIN -> Term.atom(accumulator);
            case NORM -> throw Statements.unexpected(f.op());
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS ->
                logOfSum(f, accumulator, wholeSum(scope.partner(f.accumulator()), f.accumulator()));
        };
    }

    /** A reduction that keeps a maximum and the sum of the other exponentials relative to it. */
    static Term logOfSum(Statement.Finish f, String max, Term sum) {
        return Term.atom("$T.$L($L, $L)", DeviceTypes.REDUCTIONS, OperationNames.of(f.op()), max, sum);
    }

    /** A sum plus its accumulated rounding error. */
    Term wholeSum(String sum, Expr.Local accumulator) {
        return Term.atom("$T.sum($L, $L)", DeviceTypes.REDUCTIONS, sum, scope.lost(accumulator));
    }

    CodeBlock storeValue(Statement.StoreValue store) {
        String loss = scope.fresh("loss");
        return CodeBlock.builder()
                .add(line("float $L = $T.weighted($L, $L)", loss, DeviceTypes.MATH, code.of(store.value()), weight))
                .beginControlFlow("if (keepsValues)")
                .add(line("values.set($L, $L)", unit, loss))
                .endControlFlow()
                .add(line("total += $L", loss))
                .build();
    }

    /** The value of a loss over the batch. */
    CodeBlock storeBatchValue(Statement.StoreValue store) {
        String loss = scope.fresh("loss");
        return CodeBlock.builder()
                .add(line("float $L = $L", loss, code.of(store.value())))
                .add(line("values.set(0, $L)", loss))
                .add(line("partials.set(0, $L)", loss))
                .build();
    }

    /** The position of a derivative in its row. */
    Term entry(Statement.StoreDerivative s) {
        return code.of(s.indices().getFirst());
    }

    private CodeBlock storeDerivative(Statement.StoreDerivative s) {
        CodeBlock store = stored(s);
        if (code.isInside(s.input(), s.indices())) {
            return store;
        }
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", code.inside(s.input(), s.indices()).code())
                .add(store)
                .endControlFlow()
                .build();
    }

    private CodeBlock stored(Statement.StoreDerivative s) {
        String array = scope.derivative(s.order(), s.input());
        Term at = code.offset(s.input(), s.indices());
        Term scaled = Term.atom("$T.weighted($L, $L)", DeviceTypes.MATH, code.of(s.value()), scale);
        if (parameters.isPresent() && s.input().role() == Role.PARAMETER) {
            return parameters.get().add(s.input(), at.code(), scaled.code());
        }
        Term sum = s.mode() == Statement.Mode.ADD
                ? Operations.binary(BinaryOp.ADD, Term.atom("$L.get($L)", array, at), scaled)
                : scaled;
        return line("$L.set($L, $L)", array, at, sum);
    }

    /** Sets the unit's part of a derivative to 0. The sums for hyperparameters continue from unit to unit. */
    CodeBlock clear(int order, Input input, Rounds rounds) {
        if (input.role() == Role.PARAMETER) {
            return CodeBlock.of("");
        }
        String array = scope.derivative(order, input);
        if (input.rank() == 0) {
            return line("$L.set($L, 0f)", array, unit);
        }
        String i = scope.fresh("i");
        Term at = Term.infix(code.unitOffset(input), "+", Term.atom(i), Strength.SUM);
        CodeBlock entries = IntStream.range(0, input.rank())
                .mapToObj(axis -> CodeBlock.of("$L", scope.extent(input, axis)))
                .collect(CodeBlock.joining(" * "));
        return CodeBlock.builder()
                .beginControlFlow("$L", rounds.over(i, entries))
                .add(line("$L.set($L, 0f)", array, at))
                .endControlFlow()
                .build();
    }
}
