package dev.lossforge.processor.describe;

import dev.lossforge.processor.ir.DerivativeText;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.LoopText;
import dev.lossforge.processor.loop.PartNest;
import dev.lossforge.processor.loop.Statement;
import java.util.List;

/**
 * A generated class in words and formulas.
 *
 * @param formula the formula as read from the method
 * @param derivatives the simplified derivatives of the formula's stable form
 * @param rewrites the rules that stabilised it
 * @param kernel the loops of the generated class
 * @param parts the parts that it also reports
 */
public record FormulaDescription(
        Formula formula, Derivatives derivatives, List<AppliedRule> rewrites, LoopNest kernel, List<PartNest> parts) {

    /** The folder of the resources that describe formulas. */
    public static final String FOLDER = "META-INF/lossforge/";

    /** A use of a stability rule, as mathematics, with its assumption in one word. */
    public record AppliedRule(String rule, String assumption, Expr original, Expr replacement) {}

    public FormulaDescription {
        rewrites = List.copyOf(rewrites);
        parts = List.copyOf(parts);
    }

    /** The binary name of the generated class. */
    public String className() {
        return formula.packageName().isEmpty()
                ? formula.className()
                : formula.packageName() + "." + formula.className();
    }

    /** The formula's name for users. */
    public String formulaName() {
        return formula.methodName();
    }

    /** The name of the resource. */
    public String resource() {
        return resource(className());
    }

    /** The name of the resource for a generated class. */
    public static String resource(String className) {
        return FOLDER + className + ".json";
    }

    /**
     * The content of the resource: one JSON object.
     *
     * @param comment the method's documentation comment as written, empty if it has none
     */
    public String json(String comment) {
        JsonObject json = new JsonObject()
                .string("className", className())
                .string("kind", OperationNames.of(formula.kind()))
                .string("name", formulaName())
                .string("declaredIn", formula.declaringClass())
                .string("scope", OperationNames.of(formula.scope()))
                .string("comment", comment)
                .array(
                        "inputs",
                        formula.inputs().stream().map(FormulaDescription::input).toList())
                .bool("hessian", formula.diagonalHessian())
                .string("source", formula.source().strip())
                .string("formula", ExprText.brief(formula.value()))
                .string("stable", ExprText.brief(derivatives.value()))
                .array("parts", parts.stream().map(FormulaDescription::part).toList())
                .strings("gradient", DerivativeText.lines(derivatives.gradient(), formula.exprs()))
                .strings("diagonalHessian", DerivativeText.lines(derivatives.hessian(), formula.exprs()))
                .array(
                        "rewrites",
                        rewrites.stream().map(FormulaDescription::rewrite).toList())
                .whole("passes", passes())
                .raw("valueCost", OperationCount.json(kernel.valueStatements()))
                .raw("cost", OperationCount.json(kernel.statements()))
                .string("kernel", LoopText.of(kernel));
        return json + "\n";
    }

    private static String input(Input input) {
        JsonObject json = new JsonObject()
                .string("name", input.name())
                .string("role", OperationNames.of(input.role()))
                .string("type", OperationNames.of(input.type()))
                .whole("rank", input.rank())
                .finite("min", input.min())
                .finite("max", input.max())
                .bool("trainable", input.trainable());
        input.defaultValue().ifPresent(value -> json.finite("defaultValue", value));
        return json.toString();
    }

    private static String part(PartNest part) {
        return new JsonObject()
                .string("name", part.name())
                .string("stable", ExprText.brief(part.stable()))
                .toString();
    }

    private static String rewrite(AppliedRule rewrite) {
        return new JsonObject()
                .string("rule", rewrite.rule())
                .string("assumption", rewrite.assumption())
                .string("original", ExprText.brief(rewrite.original()))
                .string("replacement", ExprText.brief(rewrite.replacement()))
                .toString();
    }

    /** The number of the kernel's passes over the data of a unit. */
    private int passes() {
        if (formula.scope() == Scope.ELEMENT) {
            return 1;
        }
        long loops = kernel.statements().stream()
                .filter(s -> s instanceof Statement.Loop)
                .count();
        return (int) Math.max(1, loops);
    }
}
