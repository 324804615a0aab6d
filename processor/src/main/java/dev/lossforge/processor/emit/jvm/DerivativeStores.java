package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes what a kernel stores as derivatives. */
final class DerivativeStores {
    private final KernelScope scope;
    private final ScalarCode scalars;

    DerivativeStores(KernelScope scope, ScalarCode scalars) {
        this.scope = scope;
        this.scalars = scalars;
    }

    /** A Hessian is stored only if there is a place for it. */
    CodeBlock guarded(int order, Input input, CodeBlock statements) {
        return order == 1
                ? statements
                : CodeBlock.builder()
                        .beginControlFlow("if ($L != null)", scope.derivative(order, input))
                        .add(statements)
                        .endControlFlow()
                        .build();
    }

    /** Sets a whole derivative of the unit to zero. */
    CodeBlock cleared(int order, Input input) {
        return guarded(order, input, clear(order, input));
    }

    private CodeBlock clear(int order, Input input) {
        String derivative = scope.derivative(order, input);
        if (input.rank() == 0) {
            return Term.statement("$L[unit] = 0f", derivative);
        }
        Term offset = scalars.unitOffset(input);
        Term size = Term.atom("frame.unitSize($L)", input.position());
        return Term.statement(
                "$T.fill($L, $L, $L, 0f)", Arrays.class, derivative, offset, Operations.plus(offset, size));
    }

    CodeBlock store(Statement.StoreDerivative s) {
        return store(s, Operations.binary(BinaryOp.MULTIPLY, scalars.of(s.value()), Term.atom("scale")), scalars);
    }

    /** Stores a value, scaled already, at the indices of a derivative, if they lie inside. */
    CodeBlock store(Statement.StoreDerivative s, Term value, ScalarCode scalars) {
        String operator = s.adds() ? "+=" : "=";
        CodeBlock store = Term.statement(
                "$L[$L] $L $L",
                scope.derivative(s.order(), s.input()),
                scalars.offset(s.input(), s.indices()),
                operator,
                value);
        if (scalars.isInside(s.input(), s.indices())) {
            return store;
        }
        List<CodeBlock> inside = new ArrayList<>();
        for (int axis = 0; axis < s.indices().size(); axis++) {
            Expr index = s.indices().get(axis);
            if (!scope.isInside(index, s.input(), axis)) {
                CodeBlock position = scalars.of(index).in(Strength.SUM);
                boolean constant = index instanceof Expr.IntConstant c && c.value() >= 0;
                inside.add(CodeBlock.of(
                        constant ? "" : "$L >= 0 && ", constant ? new Object[0] : new Object[] {position}));
                inside.add(CodeBlock.of("$L < $L && ", position, scope.extent(s.input(), axis)));
            }
        }
        String condition = CodeBlock.join(inside, "").toString();
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", condition.substring(0, condition.length() - " && ".length()))
                .add(store)
                .endControlFlow()
                .build();
    }
}
