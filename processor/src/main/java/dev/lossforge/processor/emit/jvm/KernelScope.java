package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LoopNest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names in one kernel method, and the declarations at its head: arrays of the frame, extents and hyperparameters,
 * each declared when it is first used.
 */
final class KernelScope {
    private final LoopNest nest;
    private final Names names;
    private final Map<Object, String> known = new LinkedHashMap<>();
    private final CodeBlock.Builder head = CodeBlock.builder();

    KernelScope(LoopNest nest, String... reserved) {
        this.nest = nest;
        this.names = new Names(reserved);
    }

    LoopNest nest() {
        return nest;
    }

    Exprs exprs() {
        return nest.formula().exprs();
    }

    Scope formulaScope() {
        return nest.formula().scope();
    }

    /** A name that is not used yet. */
    String fresh(String suggestion) {
        return names.fresh(suggestion);
    }

    /** A variable declared at the head when it is first asked for. */
    String declared(Object key, String suggestion, String declaration, Object... arguments) {
        String name = known.get(key);
        if (name == null) {
            name = fresh(suggestion);
            known.put(key, name);
            Object[] all = new Object[arguments.length + 1];
            all[0] = name;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            head.addStatement(declaration, all);
        }
        return name;
    }

    /** A name for something that the kernel itself declares. */
    String named(Object key, String suggestion) {
        return known.computeIfAbsent(key, k -> fresh(suggestion));
    }

    /** The declarations so far. */
    CodeBlock head() {
        return head.build();
    }

    /** The array that holds all of an input. */
    String array(Input input) {
        return input.type() == Type.INT
                ? declared(List.of("array", input), input.name(), "int[] $L = frame.ints($L)", input.position())
                : declared(List.of("array", input), input.name(), "float[] $L = frame.floats($L)", input.position());
    }

    /** A hyperparameter without axes. */
    String parameter(Input input) {
        return input.type() == Type.INT
                ? declared(List.of("value", input), input.name(), "int $L = frame.ints($L)[0]", input.position())
                : declared(List.of("value", input), input.name(), "float $L = frame.floats($L)[0]", input.position());
    }

    /** The size of an input along an axis. */
    String extent(Input input, int axis) {
        return declared(
                List.of("extent", input, axis),
                input.name() + (input.rank() == 1 ? "Length" : axis == 0 ? "Rows" : "Columns"),
                "int $L = frame.extent($L, $L)",
                input.position(),
                axis);
    }

    /** Where a derivative goes: an array of floats, of doubles for a hyperparameter. */
    String derivative(int order, Input input) {
        if (input.role() == Role.PARAMETER) {
            return declared(
                    List.of("gradient", input),
                    input.name() + "Gradient",
                    "double[] $L = frame.parameterGradient($L)",
                    input.position());
        }
        return order == 1
                ? declared(
                        List.of("gradient", input),
                        input.name() + "Gradient",
                        "float[] $L = frame.gradient($L)",
                        input.position())
                : declared(
                        List.of("hessian", input),
                        input.name() + "Hessian",
                        "float[] $L = frame.hessian($L)",
                        input.position());
    }

    /** The variable of a local. */
    String local(Expr.Local local) {
        return known.computeIfAbsent(List.of("local", local.name()), k -> fresh(local.name()));
    }

    /** Gives a local another variable from here on; returns the one that it had. */
    String rename(Expr.Local local, String variable) {
        String before = local(local);
        known.put(List.of("local", local.name()), variable);
        return before;
    }

    /** What the entries of a gradient are. */
    String gradientType(Input input) {
        return input.role() == Role.PARAMETER ? "double" : "float";
    }

    /** Lets a gradient go to another array from here on; returns the one that it went to. */
    String redirect(Input input, String array) {
        String before = derivative(1, input);
        known.put(List.of("gradient", input), array);
        return before;
    }

    /** The variable of a loop index. */
    String index(Expr.Index index) {
        return known.computeIfAbsent(
                List.of("index", index.number(), System.identityHashCode(index.extent())), k -> fresh("i"));
    }

    /** Whether a value of this expression is always a position of the input's axis. */
    boolean isInside(Expr position, Input input, int axis) {
        return Affine.of(exprs(), position)
                .filter(sum -> isInside(sum, input, axis))
                .isPresent();
    }

    /**
     * Whether it is {@code i + k + … + d} for an index that ends so far before the axis does, or farther, and others
     * that run over a constant number of values, as in a window.
     */
    private boolean isInside(Affine sum, Input input, int axis) {
        if (!(sum.rest() instanceof Expr.IntConstant shift) || shift.value() < 0) {
            return false;
        }
        int most = shift.value();
        int distance = -1;
        for (Expr.Index index : sum.counts().keySet()) {
            if (sum.count(index) != 1) {
                return false;
            }
            if (index.extent() instanceof Expr.IntConstant window) {
                most += window.value() - 1;
            } else if (distance >= 0) {
                return false;
            } else {
                distance = distance(index.extent(), input, axis);
            }
        }
        return most <= distance;
    }

    /** How far before the end of an axis an extent is; negative where that is unknown. */
    private int distance(Expr extent, Input input, int axis) {
        return switch (extent) {
            case Expr.Extent e when isSame(e, input, axis) -> 0;
            case Expr.Binary b
            when b.op() == BinaryOp.SUBTRACT
                    && b.left() instanceof Expr.Extent e
                    && isSame(e, input, axis)
                    && b.right() instanceof Expr.IntConstant c -> c.value();
            default -> -1;
        };
    }

    private boolean isSame(Expr.Extent extent, Input input, int axis) {
        return matches(extent, input, axis)
                || nest.equalExtents().stream()
                        .anyMatch(c -> c.contains(extent) && c.stream().anyMatch(e -> matches(e, input, axis)));
    }

    private static boolean matches(Expr.Extent extent, Input input, int axis) {
        return extent.input().position() == input.position() && extent.axis() == axis;
    }
}
