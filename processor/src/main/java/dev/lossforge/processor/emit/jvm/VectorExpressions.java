package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.vector.VectorFunctions;
import dev.lossforge.processor.vector.VectorGraph;
import dev.lossforge.processor.vector.VectorKind;
import dev.lossforge.processor.vector.VectorNode;
import dev.lossforge.processor.vector.VectorOp;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns expressions into operations on vectors. */
final class VectorExpressions {

    /** What differs between kernels: what the lanes are. */
    interface Lanes {
        /** Whether a local, an index or an input's entries at uniform indices are the same in all lanes. */
        boolean isUniform(Expr leaf);

        /** The entries, one per lane, that a load reads, if they stand side by side. */
        Optional<VectorNode> load(Expr.Load load);

        /** A loop index that differs between lanes. */
        VectorNode index(Expr.Index index);

        /** A local that differs between lanes and was defined before this loop. */
        VectorNode local(Expr.Local local);

        /** A variable with a value that is the same in all lanes. */
        String uniform(Expr node);

        /** Whether a value is known to be never positive. */
        boolean isNonPositive(Expr node);

        /** A value that scalar code has to compute, lane by lane, before the loop. */
        VectorNode scalar(Expr node);
    }

    /** Functions with fewer operations where their operand is known never to be positive. */
    private static final Set<UnaryOp> SHORTER_BELOW_0 =
            EnumSet.of(UnaryOp.EXP, UnaryOp.EXPM1, UnaryOp.SIGMOID, UnaryOp.SOFTPLUS);

    private final VectorLoop loop;
    private final VectorGraph graph;
    private final Lanes lanes;
    private final Map<Expr, VectorNode> known = new IdentityHashMap<>();
    private final Map<Expr, Boolean> uniform = new IdentityHashMap<>();

    VectorExpressions(VectorLoop loop, Lanes lanes) {
        this.loop = loop;
        this.graph = loop.graph();
        this.lanes = lanes;
    }

    /** Makes a local stand for a value of this loop. */
    void define(Expr.Local local, VectorNode value) {
        known.put(local, value);
    }

    boolean isUniform(Expr node) {
        Boolean answer = uniform.get(node);
        if (answer == null) {
            answer = switch (node) {
                case Expr.Local l -> !known.containsKey(l) && lanes.isUniform(l);
                case Expr.Index i -> lanes.isUniform(i);
                case Expr.Load l -> lanes.isUniform(l) && l.indices().stream().allMatch(this::isUniform);
                default -> Exprs.operands(node).stream().allMatch(this::isUniform);
            };
            uniform.put(node, answer);
        }
        return answer;
    }

    /** Whether an operation that differs between lanes is none that vectors have. */
    boolean needsScalarCode(Expr node) {
        return !isUniform(node)
                && switch (node) {
                    case Expr.Load l -> !l.indices().stream().allMatch(this::isUniform) || lanes.isUniform(l);
                    case Expr.Unary u ->
                        !VectorFunctions.supports(u.op(), kind(u.operand().type()));
                    case Expr.Binary b ->
                        !VectorFunctions.supports(b.op(), kind(b.left().type()));
                    default -> false;
                };
    }

    VectorNode of(Expr node) {
        VectorNode value = known.get(node);
        if (value == null) {
            value = isUniform(node) ? uniform(node) : make(node);
            known.put(node, value);
        }
        return value;
    }

    private VectorNode uniform(Expr node) {
        return switch (node) {
            case Expr.Constant c -> graph.constant((float) c.value());
            case Expr.IntConstant c -> graph.constant(c.value());
            default -> loop.uniform(lanes.uniform(node), node.type());
        };
    }

    private VectorNode make(Expr node) {
        return switch (node) {
            case Expr.Load l -> lanes.load(l).orElseGet(() -> lanes.scalar(l));
            case Expr.Index i -> lanes.index(i);
            case Expr.Local l -> lanes.local(l);
            case Expr.Unary u ->
                VectorFunctions.supports(u.op(), kind(u.operand().type()))
                        ? VectorFunctions.unary(graph, u.op(), operand(u))
                        : lanes.scalar(u);
            case Expr.Binary b -> binary(b);
            case Expr.Compare c -> compare(c);
            case Expr.Select s -> select(s);
            case Expr.Constant c -> uniform(c);
            case Expr.IntConstant c -> uniform(c);
            case Expr.BooleanConstant c -> uniform(c);
            case Expr.Extent e -> uniform(e);
            case Expr.Order o -> throw new IllegalStateException("an order was not lowered: " + o.op());
            case Expr.Reduce r -> throw new IllegalStateException("a reduction was not lowered: " + r.op());
            case Expr.State x -> throw new IllegalStateException("a state was not lowered");
            case Expr.Scan x -> throw new IllegalStateException("a scan was not lowered");
        };
    }

    private VectorNode operand(Expr.Unary node) {
        VectorNode operand = of(node.operand());
        if (SHORTER_BELOW_0.contains(node.op()) && lanes.isNonPositive(node.operand())) {
            graph.stateNonPositive(operand);
        }
        return operand;
    }

    private static VectorKind kind(Type type) {
        return switch (type) {
            case FLOAT -> VectorKind.FLOAT;
            case INT -> VectorKind.INT;
            case BOOLEAN -> VectorKind.MASK;
        };
    }

    private VectorNode binary(Expr.Binary node) {
        if (node.op() == BinaryOp.POW
                && node.right() instanceof Expr.Constant exponent
                && VectorFunctions.supportsPower(exponent.value())) {
            return VectorFunctions.power(graph, of(node.left()), exponent.value());
        }
        return VectorFunctions.supports(node.op(), kind(node.left().type()))
                ? VectorFunctions.binary(graph, node.op(), of(node.left()), of(node.right()))
                : lanes.scalar(node);
    }

    private VectorNode compare(Expr.Compare node) {
        VectorNode x = of(node.left());
        VectorNode y = of(node.right());
        boolean ints = node.left().type() == Type.INT;
        return switch (node.op()) {
            case LESS -> less(ints, x, y);
            case GREATER -> less(ints, y, x);
            case LESS_OR_EQUAL -> lessOrEqual(ints, x, y);
            case GREATER_OR_EQUAL -> lessOrEqual(ints, y, x);
            case EQUAL -> graph.operation(ints ? VectorOp.INT_EQUAL : VectorOp.EQUAL, x, y);
            case NOT_EQUAL -> graph.operation(ints ? VectorOp.INT_NOT_EQUAL : VectorOp.NOT_EQUAL, x, y);
        };
    }

    private VectorNode less(boolean ints, VectorNode x, VectorNode y) {
        return graph.operation(ints ? VectorOp.INT_LESS : VectorOp.LESS, x, y);
    }

    private VectorNode lessOrEqual(boolean ints, VectorNode x, VectorNode y) {
        return graph.operation(ints ? VectorOp.INT_LESS_OR_EQUAL : VectorOp.LESS_OR_EQUAL, x, y);
    }

    private VectorNode select(Expr.Select node) {
        VectorNode condition = of(node.condition());
        VectorNode x = of(node.whenTrue());
        VectorNode y = of(node.whenFalse());
        return node.type() == Type.BOOLEAN
                ? graph.or(graph.and(condition, x), graph.and(graph.not(condition), y))
                : graph.blend(condition, x, y);
    }
}
