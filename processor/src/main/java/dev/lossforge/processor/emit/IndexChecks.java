package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LoopNest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The checks that a kernel makes before it starts: a target that selects an entry for all data must be in range. Later
 * rewrites of the formula do not matter. An index under a condition on other data may have any value if the condition
 * does not hold, and is not checked.
 */
public final class IndexChecks {
    private IndexChecks() {}

    /** The method of a device kernels class that makes these checks. */
    public static MethodSpec method(LoopNest nest) {
        return MethodSpec.methodBuilder("requireIndices")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameters(UnitRange.PARAMETERS)
                .addCode(of(nest))
                .build();
    }

    public static CodeBlock of(LoopNest nest) {
        Formula formula = nest.formula();
        Set<CodeBlock> checks = new LinkedHashSet<>();
        for (Expr.Load load : loads(formula.written())) {
            for (int axis = 0; axis < load.indices().size(); axis++) {
                if (load.indices().get(axis) instanceof Expr.Load index
                        && index.input().role() == Role.TARGET) {
                    Expr reads = RequiredIndices.condition(formula, index, load.input(), axis);
                    if (!(reads instanceof Expr.BooleanConstant c) || c.value()) {
                        checks.add(check(index, load.input(), axis, reads));
                    }
                }
            }
        }
        return CodeBlock.join(checks, "");
    }

    private static CodeBlock check(Expr.Load index, Input of, int axis, Expr reads) {
        CodeBlock predicate = reads instanceof Expr.BooleanConstant
                ? CodeBlock.of("")
                : CodeBlock.of(", index -> $L", ofIndex(reads, index));
        return CodeBlock.builder()
                .addStatement(
                        "frame.requireIndices($L, $S, frame.extent($L, $L), from, to$L)",
                        index.input().position(),
                        index.input().name(),
                        of.position(),
                        axis,
                        predicate)
                .build();
    }

    /** A condition on an index and hyperparameters alone, before there are names for these. */
    private static Term ofIndex(Expr node, Expr.Load index) {
        return switch (node) {
            case Expr.Constant c -> Operations.constant(c.value());
            case Expr.IntConstant c -> Operations.constant(c.value());
            case Expr.BooleanConstant c -> Term.atom("$L", c.value());
            case Expr.Load l when l == index -> Term.atom("index");
            case Expr.Load l ->
                Term.atom(
                        l.type() == Type.INT ? "frame.ints($L)[0]" : "frame.floats($L)[0]",
                        l.input().position());
            case Expr.Extent e -> Term.atom("frame.extent($L, $L)", e.input().position(), e.axis());
            case Expr.Unary u -> Operations.unary(u.op(), ofIndex(u.operand(), index));
            case Expr.Binary b -> Operations.binary(b.op(), ofIndex(b.left(), index), ofIndex(b.right(), index));
            case Expr.Compare c -> Operations.compare(c.op(), ofIndex(c.left(), index), ofIndex(c.right(), index));
            case Expr.Select s ->
                Operations.select(
                        ofIndex(s.condition(), index), ofIndex(s.whenTrue(), index), ofIndex(s.whenFalse(), index));
            case Expr.Index i -> throw new IllegalArgumentException("an index beside a target: " + i.number());
            case Expr.Local l -> throw new IllegalArgumentException("a local before lowering: " + l.name());
            case Expr.Order o -> throw new IllegalArgumentException("an order beside a target: " + o.op());
            case Expr.Reduce r -> throw new IllegalArgumentException("a reduction beside a target: " + r.op());
            case Expr.State s -> throw new IllegalArgumentException("a state beside a target");
            case Expr.Scan s -> throw new IllegalArgumentException("a scan beside a target");
        };
    }

    private static List<Expr.Load> loads(Expr root) {
        List<Expr.Load> loads = new ArrayList<>();
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(root));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)) {
                pending.addAll(Exprs.operands(node));
                if (node instanceof Expr.Load load) {
                    loads.add(load);
                }
            }
        }
        return loads;
    }
}
