package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.SourceMap;
import java.util.List;

/** Formulas made without a source file. */
public final class Formulas {

    private Formulas() {}

    public static Formula of(Exprs exprs, Scope scope, List<Input> inputs, Expr value) {
        return of(exprs, scope, inputs, value, false);
    }

    public static Formula of(Exprs exprs, Scope scope, List<Input> inputs, Expr value, boolean hessian) {
        return new Formula(
                Formula.Kind.LOSS,
                "sample",
                "Losses",
                "formula",
                "FormulaLoss",
                "",
                scope,
                inputs,
                hessian,
                exprs,
                value,
                List.of(),
                new SourceMap());
    }
}
