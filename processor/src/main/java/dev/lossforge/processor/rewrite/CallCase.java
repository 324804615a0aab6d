package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import java.util.ArrayList;
import java.util.List;

/**
 * A formula for the calls in which a condition on its hyperparameters holds. These are the same in a whole call, so
 * that no lane has to ask: of a choice between two formulas one side remains, and of the power of a focal loss with γ =
 * 2 a square.
 *
 * @param condition holds in these calls, and those of the cases before do not; {@code true} in the last case, if there
 *     are no other calls
 * @param formula the formula with what the condition decides
 */
public record CallCase(Expr condition, Formula formula) {
    /** Of a formula with more distinct operations than this, one body is large enough. */
    private static final int MAX_OPERATIONS = 200;

    /** More bodies than this are not worth their code. */
    private static final int MAX_CASES = 16;

    /** A condition beside those that hold anyway. */
    static Expr both(Exprs exprs, Expr given, Expr asked) {
        return given instanceof Expr.BooleanConstant ? asked : exprs.binary(BinaryOp.AND, given, asked);
    }

    /** The cases of a formula, to be asked for in this order; none if one body is enough. */
    public static List<CallCase> of(Formula formula) {
        if (ExprNodes.of(formula.value()).size() > MAX_OPERATIONS) {
            return List.of();
        }
        List<CallCase> branches = Branches.of(formula);
        List<CallCase> all = new ArrayList<>();
        for (CallCase branch : branches) {
            all.addAll(ChosenExponents.of(branch));
            all.add(branch);
        }
        List<CallCase> cases = new ArrayList<>(all.size() <= MAX_CASES ? all : branches);
        cases.removeIf(c -> c.formula().value() == formula.value());
        return cases;
    }
}
