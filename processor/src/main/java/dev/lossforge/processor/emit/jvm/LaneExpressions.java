package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Type;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Turns expressions into operations on blocks: arithmetic where the JIT compiler vectorises it, calls elsewhere. */
final class LaneExpressions {

    /** What differs between kernels: what the lanes are. */
    interface Lanes {
        /** Whether a local or an input's entry is the same in all lanes. */
        boolean isUniform(Expr leaf);

        /** The entries, one per lane, that a load reads. */
        LaneValue load(Expr.Load load, LaneExpressions expressions);

        /** A loop index that differs between lanes. */
        LaneValue index(Expr.Index index);

        /** A local that differs between lanes. */
        LaneValue local(Expr.Local local);

        /** What an exponential is, if it is an entry of a softmax that has been kept. */
        Optional<LaneValue> softmaxEntry(Expr.Unary exp, LaneExpressions expressions);
    }

    private final Exprs exprs;
    private final LaneProgram program;
    private final ScalarCode scalars;
    private final Lanes lanes;
    private final Map<Expr, LaneValue> known = new IdentityHashMap<>();
    private final Map<Expr, Boolean> uniform = new IdentityHashMap<>();

    LaneExpressions(Exprs exprs, LaneProgram program, ScalarCode scalars, Lanes lanes) {
        this.exprs = exprs;
        this.program = program;
        this.scalars = scalars;
        this.lanes = lanes;
    }

    LaneProgram program() {
        return program;
    }

    /** Makes a local or an index stand for a value of this program. */
    void define(Expr leaf, LaneValue value) {
        known.put(leaf, value);
    }

    boolean isUniform(Expr node) {
        Boolean answer = uniform.get(node);
        if (answer == null) {
            answer = switch (node) {
                case Expr.Local l -> !known.containsKey(l) && lanes.isUniform(l);
                case Expr.Index i -> !known.containsKey(i) && lanes.isUniform(i);
                case Expr.Load l -> lanes.isUniform(l) && l.indices().stream().allMatch(this::isUniform);
                default -> Exprs.operands(node).stream().allMatch(this::isUniform);
            };
            uniform.put(node, answer);
        }
        return answer;
    }

    LaneValue of(Expr node) {
        LaneValue value = known.get(node);
        if (value == null) {
            value = isUniform(node) ? uniform(node) : make(node);
            known.put(node, value);
        }
        return value;
    }

    private LaneValue uniform(Expr node) {
        Term term = scalars.of(node);
        return switch (node.type()) {
            case FLOAT -> program.uniform(term, false);
            case INT -> program.uniform(term, true);
            case BOOLEAN ->
                program.uniform(Operations.select(term, Operations.constant(1.0), Operations.constant(0.0)), false);
        };
    }

    private LaneValue make(Expr node) {
        return switch (node) {
            case Expr.Load l -> lanes.load(l, this);
            case Expr.Index i -> lanes.index(i);
            case Expr.Local l -> lanes.local(l);
            case Expr.Unary u -> lanes.softmaxEntry(u, this).orElseGet(() -> unary(u));
            case Expr.Binary b -> binary(b);
            case Expr.Compare c -> compare(c);
            case Expr.Select s -> select(s);
            case Expr.Constant c -> uniform(c);
            case Expr.IntConstant c -> uniform(c);
            case Expr.BooleanConstant c -> uniform(c);
            case Expr.Extent e -> uniform(e);
            case Expr.Reduce r -> throw new IllegalStateException("a reduction was not lowered: " + r.op());
        };
    }

    private LaneValue unary(Expr.Unary node) {
        LaneValue x = of(node.operand());
        boolean ints = node.type() == Type.INT;
        return switch (node.op()) {
            case NEGATE, ABS, SIGN, SQRT, TO_FLOAT ->
                program.arithmetic(ints, t -> Operations.unary(node.op(), t.getFirst()), x);
            case SQUARE ->
                program.arithmetic(false, t -> Operations.binary(BinaryOp.MULTIPLY, t.get(0), t.get(1)), x, x);
            case NOT -> not(x);
            case STOP_GRADIENT -> x;
            case NAN_OR_ZERO ->
                program.arithmetic(
                        false,
                        t -> Operations.binary(
                                BinaryOp.MULTIPLY,
                                Term.atom(
                                        "$T.min($T.abs($L), $T.MAX_VALUE)",
                                        Math.class,
                                        Math.class,
                                        t.getFirst(),
                                        Float.class),
                                Operations.constant(0.0)),
                        x);
            case EXP, EXPM1, LOG, LOG1P, SIGMOID, LOG_SIGMOID, SOFTPLUS, TANH ->
                blocks(OperationNames.of(node.op()), x);
            case LOG1M_EXP,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    LOG_COSH,
                    ERF,
                    ERFC,
                    NORMAL_CDF,
                    LOG_NORMAL_CDF,
                    NORMAL_QUANTILE,
                    INVERSE_MILLS,
                    MILLS_SLOPE,
                    LGAMMA,
                    DIGAMMA,
                    TRIGAMMA,
                    FLOOR,
                    CEIL,
                    ROUND,
                    TO_INT -> program.scalarFunction(ints, t -> Operations.unary(node.op(), t.getFirst()), x);
        };
    }

    private LaneValue not(LaneValue mask) {
        return program.arithmetic(
                false, t -> Operations.binary(BinaryOp.SUBTRACT, Operations.constant(1.0), t.getFirst()), mask);
    }

    private LaneValue binary(Expr.Binary node) {
        if (node.left() instanceof Expr.Select a
                && node.right() instanceof Expr.Select b
                && a.condition() == b.condition()
                && node.type() == Type.FLOAT) {
            return of(joined(node.op(), a, b));
        }
        LaneValue x = of(node.left());
        LaneValue y = of(node.right());
        boolean ints = node.type() == Type.INT;
        return switch (node.op()) {
            case ADD, SUBTRACT, MULTIPLY, MAX, MIN -> arithmetic(ints, node.op(), x, y);
            case DIVIDE -> ints ? quietDivision(node.op(), x, y) : arithmetic(false, node.op(), x, y);
            case REMAINDER ->
                ints
                        ? quietDivision(node.op(), x, y)
                        : program.scalarFunction(false, t -> Operations.binary(node.op(), t.get(0), t.get(1)), x, y);
            case POW, ATAN2, HYPOT, LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE ->
                program.scalarFunction(false, t -> Operations.binary(node.op(), t.get(0), t.get(1)), x, y);
            case XLOGY, XLOG1PY, XDIVY, LOG_QUOTIENT, RELATIVE_ENTROPY -> blocks(OperationNames.of(node.op()), x, y);
            case AND -> arithmetic(false, BinaryOp.MULTIPLY, x, y);
            case OR -> arithmetic(false, BinaryOp.MAX, x, y);
        };
    }

    /** {@code (c ? a : b) op (c ? a′ : b′)} is one select, which costs more than an operation. */
    private Expr joined(BinaryOp op, Expr.Select a, Expr.Select b) {
        return exprs.select(
                a.condition(),
                exprs.binary(op, a.whenTrue(), b.whenTrue()),
                exprs.binary(op, a.whenFalse(), b.whenFalse()));
    }

    LaneValue arithmetic(boolean ints, BinaryOp op, LaneValue x, LaneValue y) {
        return program.arithmetic(ints, t -> Operations.binary(op, t.get(0), t.get(1)), x, y);
    }

    private LaneValue quietDivision(BinaryOp op, LaneValue x, LaneValue y) {
        return program.scalarFunction(true, t -> Operations.quietDivision(op, t.get(0), t.get(1)), x, y);
    }

    private LaneValue blocks(String function, LaneValue... operands) {
        return call(RuntimeTypes.BLOCKS, function, false, operands);
    }

    /** A call {@code function(blocks…, out, n)}. */
    LaneValue call(ClassName type, String function, boolean ints, LaneValue... operands) {
        return program.call(
                function,
                ints,
                (blocks, out) -> CodeBlock.of(
                        "$T.$L($L, $L, $L)", type, function, CodeBlock.join(blocks, ", "), out, program.n()),
                operands);
    }

    private LaneValue compare(Expr.Compare node) {
        LaneValue x = of(node.left());
        LaneValue y = of(node.right());
        boolean ints = node.left().type() == Type.INT;
        return switch (node.op()) {
            case LESS -> blocks("less", x, y);
            case GREATER -> blocks("less", y, x);
            case LESS_OR_EQUAL -> ints ? not(blocks("less", y, x)) : blocks("lessOrEqual", x, y);
            case GREATER_OR_EQUAL -> ints ? not(blocks("less", x, y)) : blocks("lessOrEqual", y, x);
            case EQUAL -> blocks("equal", x, y);
            case NOT_EQUAL -> not(blocks("equal", x, y));
        };
    }

    private LaneValue select(Expr.Select node) {
        if (node.condition() instanceof Expr.Compare c && node.type() != Type.INT) {
            Optional<OneHot> oneHot = OneHot.of(node, this::isUniform);
            if (oneHot.isPresent()) {
                return oneHot(oneHot.get());
            }
            if (isMultiple(node)) {
                float factor = (float) ((Expr.Constant) node.whenTrue()).value();
                return arithmetic(false, BinaryOp.MULTIPLY, of(c), program.uniform(Operations.constant(factor), false));
            }
            if (c.left().type() == Type.FLOAT) {
                return select(c, of(node.whenTrue()), of(node.whenFalse()));
            }
        }
        return call(
                RuntimeTypes.BLOCKS,
                "select",
                node.type() == Type.INT,
                of(node.condition()),
                of(node.whenTrue()),
                of(node.whenFalse()));
    }

    /** Whether a select is a multiple of its condition's mask. */
    private static boolean isMultiple(Expr.Select node) {
        return node.whenTrue() instanceof Expr.Constant factor
                && Float.isFinite((float) factor.value())
                && node.whenFalse() instanceof Expr.Constant zero
                && Double.doubleToRawLongBits(zero.value()) == 0;
    }

    private LaneValue select(Expr.Compare c, LaneValue whenTrue, LaneValue whenFalse) {
        LaneValue x = of(c.left());
        LaneValue y = of(c.right());
        return switch (c.op()) {
            case LESS -> blocks("selectLess", x, y, whenTrue, whenFalse);
            case GREATER -> blocks("selectLess", y, x, whenTrue, whenFalse);
            case LESS_OR_EQUAL -> blocks("selectLessOrEqual", x, y, whenTrue, whenFalse);
            case GREATER_OR_EQUAL -> blocks("selectLessOrEqual", y, x, whenTrue, whenFalse);
            case EQUAL -> blocks("selectEqual", x, y, whenTrue, whenFalse);
            case NOT_EQUAL -> blocks("selectEqual", x, y, whenFalse, whenTrue);
        };
    }

    private LaneValue oneHot(OneHot oneHot) {
        Term lane = oneHot.lane(scalars);
        Term value = scalars.of(oneHot.value());
        return program.call(
                "oneHot",
                false,
                (none, out) -> CodeBlock.of(
                        "$T.oneHot($L, $L, $L, $L)", RuntimeTypes.LANES, lane.code(), value.code(), out, program.n()));
    }
}
