package dev.lossforge.processor.diagnostic;

import java.util.Locale;

/**
 * The catalogue of all messages of the processor. Several messages may share an id, which names the broken rule and its
 * page {@code docs/diagnostics/ID.md}, which messages refer to by its address on the web.
 *
 * <p>Texts are {@link String#format} templates over the same arguments: the first says what is wrong in the user's own
 * names, the second what to write instead.
 */
public enum Message {
    // The method.
    METHOD_PRIVATE(
            "FormulaMethod",
            "'%s' is private; a formula is documented by the generated class and called by its tests.",
            "Remove 'private'."),
    METHOD_OF_PRIVATE_CLASS(
            "FormulaMethod",
            "'%s' is a member of the private class '%s', which the generated class cannot refer to.",
            "Remove 'private' from the class."),
    METHOD_OF_INSTANCE(
            "FormulaMethod",
            "'%s' is an instance method; a formula depends on its parameters alone.",
            "Declare it static."),
    METHOD_GENERIC("FormulaMethod", "'%s' has type parameters.", "Use float and float[]."),
    METHOD_VARIABLE_ARITY("FormulaMethod", "'%s' has a variable number of arguments.", "Declare an array: float[]."),
    METHOD_RESULT("FormulaMethod", "'%s' returns %s; a formula returns one float.", "Declare it as float."),
    METHOD_WITHOUT_BODY("FormulaMethod", "'%s' has no body to read.", "Write the formula in Java."),
    METHOD_THROWS(
            "FormulaMethod",
            "'%s' declares that it throws %s; a formula throws nothing.",
            "Remove the clause, and return Float.NaN where there is no result."),
    METHOD_OF_LOCAL_CLASS(
            "FormulaMethod",
            "'%s' is in a local or anonymous class, which the generated class cannot refer to.",
            "Move it to a top-level or member class."),
    METHOD_OF_TWO_KINDS("FormulaMethod", "'%s' is both @Loss and @Regularizer.", "Keep one of them."),
    // Its parameters.
    PARAMETER_WITHOUT_ROLE("FormulaParameter", "Parameter '%s' has no role.", "Mark it %2$s."),
    PARAMETER_OF_TWO_ROLES("FormulaParameter", "Parameter '%s' is both @%s and @%s.", "Keep one of them."),
    PARAMETER_OF_WRONG_ROLE("FormulaParameter", "'%s' is @%s, which has no meaning in a %s.", "Mark it %4$s."),
    ROLE_WITHOUT_FORMULA(
            "FormulaParameter",
            Severity.WARNING,
            "'%s' is @%s, but '%s' is not a formula.",
            "Mark the method @Loss or @Regularizer, or remove the annotation."),
    PARAMETER_TYPE("FormulaType", "Parameter '%s' is of type %s; a @%s is %s.", "Declare it as one of these."),
    PREDICTION_MISSING(
            "FormulaPrediction",
            "'%s' has no @%s; there is nothing to differentiate with respect to.",
            "Mark the parameter that is to be fitted."),
    RANKS_MIXED(
            "FormulaRank",
            "'%s' is %s but '%s' is %s; all of them share one rank, which is the scope of the formula.",
            "Declare both as %4$s or as %2$s."),
    RANK_ABOVE_SCOPE(
            "FormulaRank",
            "'%s' is %s, but the formula covers one %s: its predictions are %s.",
            "Declare it with at most as many dimensions."),
    SAMPLE_WITHOUT_AXES(
            "FormulaRank",
            "'%s' covers one sample, but its prediction '%s' is one float.",
            "Declare '%2$s' as float[] or float[][], or leave out the scope."),
    DEFAULT_OUT_OF_RANGE(
            "FormulaDefault", "The default %s of '%s' is outside its range [%s, %s].", "Choose one inside."),
    DEFAULT_NOT_FINITE(
            "FormulaDefault", "The default %s of '%s' is not a finite float.", "Choose a finite one, or none."),
    DEFAULT_NOT_WHOLE("FormulaDefault", "The default %s of the int '%s' is not an int.", "Write a whole number."),
    DEFAULT_OF_VECTOR(
            "FormulaDefault", "'%s' is a vector, which has no default: its length is not known.", "Remove it."),
    DEFAULT_RANGE_EMPTY("FormulaDefault", "The range [%s, %s] of '%s' is empty.", "Give min ≤ max."),
    TRAINABLE_NOT_FLOAT("FormulaParameter", "'%s' is an int; only a float can be trained.", "Declare it as float."),
    // The generated class.
    CLASS_NAME_TAKEN(
            "FormulaClassName",
            "'%s' would generate the class %s, as '%s' does.",
            "Name one with @%4$s(name = \"…\")."),
    CLASS_EXISTS(
            "FormulaClassName",
            "'%s' would generate the class %s, which exists already.",
            "Choose another name with @%3$s(name = \"…\")."),
    CLASS_NAME_INVALID("FormulaClassName", "'%s' is not a class name.", "Give a simple name such as HuberLoss."),
    // Statements.
    STATEMENT_UNSUPPORTED("FormulaStatement", "A formula has no %s.", "%2$s"),
    STATEMENT_WITHOUT_EFFECT(
            "FormulaStatement",
            "This statement has no effect on the result.",
            "Return it, use its value, or remove it."),
    STATEMENT_UNREACHABLE(
            "FormulaStatement", "This statement is never reached.", "Remove it: every path returns before it."),
    RETURN_MISSING("FormulaStatement", "'%s' does not return a value on every path.", "End it with a return."),
    MUTATION_OF_LOCAL(
            "FormulaMutation",
            "'%s' would change its value; locals in a formula are final.",
            "Declare another local, or use ?: or a reduction such as sum(n, i -> …)."),
    MUTATION_OF_ENTRY(
            "FormulaMutation",
            "A formula does not write into arrays.",
            "Create a vector with vector(n, i -> …), or use its entries directly."),
    MUTATION_OF_FIELD("FormulaMutation", "A formula does not write to '%s'.", "Return the value instead."),
    // Expressions.
    EXPRESSION_UNSUPPORTED("FormulaExpression", "A formula has no %s.", "%2$s"),
    NAME_UNKNOWN("FormulaName", "There is no '%s' here.", "Declare it, or import the class that has it."),
    NAME_UNASSIGNED("FormulaName", "'%s' has no value on some path to here.", "Assign it on every path."),
    FIELD_NOT_CONSTANT(
            "FormulaName",
            "'%s' is not a constant.",
            "Declare it static final with a constant value, or pass it as a @Param."),
    TYPE_UNSUPPORTED(
            "FormulaType",
            "%s is not a type of the formula language.",
            "Use float, int, boolean, float[], float[][] or int[]."),
    DOUBLE_ARITHMETIC(
            "FormulaDouble",
            "This is computed in double, but a formula computes in float.",
            "Write float literals such as 0.5f, and the functions of Formulas instead of Math."),
    DOUBLE_DECLARED(
            "FormulaDouble",
            "This is declared as double, but a formula computes in float.",
            "Declare it as float, and write float literals such as 0.5f."),
    DOUBLE_RESULT("FormulaDouble", "This constant is a double, but a float is needed.", "Cast it: (float) …."),
    CALL_UNKNOWN(
            "FormulaCall",
            "There is no method '%s' here.",
            "Import static dev.lossforge.dsl.Formulas.*, or write the method."),
    CALL_ARGUMENTS("FormulaCall", "No '%s' takes these arguments.", "There is %2$s."),
    CALL_WITHOUT_SOURCE(
            "FormulaCall",
            "'%s' is neither in the vocabulary nor a method with source in this build.",
            "Use the functions of dev.lossforge.dsl.Formulas, or write a static method."),
    CALL_OF_INSTANCE(
            "FormulaCall",
            "'%s' is an instance method; a formula calls static ones.",
            "Use the functions of dev.lossforge.dsl.Formulas, or make it static if it is yours."),
    CALL_ON_VALUE(
            "FormulaCall",
            "'%s' has no methods in a formula.",
            "Use the functions of dev.lossforge.dsl.Formulas, such as sum(x) of a float[]."),
    CALL_OF_OUTPUT(
            "FormulaCall",
            "A formula prints nothing.",
            "Mark the value as a part, which training reports: part(\"name\", x)."),
    CALL_OF_RANDOM(
            "FormulaCall",
            "A formula is a function of its parameters, so it draws no random numbers.",
            "Draw them where the data is made, and pass them as a @Target."),
    IMPORT_MISSING(
            "FormulaCall",
            "'%s' is a function of Formulas, which is not imported.",
            "Add import static dev.lossforge.dsl.Formulas.*;"),
    CALL_OF_MATH("FormulaCall", "'Math.%s' is not for formulas, which compute in float.", "Write %2$s."),
    CALL_OF_VOID("FormulaCall", "'%s' returns nothing that a formula could use.", "Call a method with a result."),
    RECURSION(
            "FormulaRecursion",
            "A formula cannot be recursive: %s.",
            "Write a reduction such as sum or prod(n, i -> …)."),
    INDEXED_SCALAR("FormulaRank", "'%s' is %s; it cannot be indexed.", "Use it without an index."),
    LENGTH_OF_SCALAR("FormulaRank", "'%s' is %s; it has no length.", "Take the length of an array."),
    VECTOR_ARITHMETIC(
            "FormulaRank",
            "Operators work on numbers, not on arrays.",
            "Write it for each entry: sum(n, i -> a[i] - b[i]), or mean or vector(n, i -> …)."),
    VECTOR_NOT_SCALAR("FormulaRank", "This is %s, where one number is needed.", "Index or reduce it."),
    INDEX_NOT_INT("FormulaIndex", "The index '%s' is a float.", "Declare it as int, or cast it: (int) …."),
    INDEX_NEGATIVE("FormulaIndex", "The index %s is negative.", "Indices run from 0 to length - 1."),
    INDEX_BEYOND_LIST(
            "FormulaIndex",
            "The index %s is beyond the end of an array of %s entries.",
            "Indices run from 0 to length - 1."),
    EXTENT_OF_PREDICTION(
            "FormulaIndex",
            "This number of values is cast from the prediction '%s', but loop bounds must be known before the predictions are.",
            "Give the length of an array or an int @Target, and leave terms out by a condition: i < n ? … : 0."),
    // Scans.
    STATE_LENGTH(
            "FormulaScan",
            "This step turns a state of length %2$s into one of length %1$s.",
            "Start with a state as long as the following ones: the lengths must be the same expression."),
    STEPS_UNKNOWN(
            "FormulaScan",
            "The number of steps of this scan, or the length of its state, is not known from the shapes of the inputs.",
            "Scan over the whole array and read the state that you need: scan(x.length, …)[n - 1]."),
    SCAN_WITH_HESSIAN(
            "FormulaScan",
            "A scan has no diagonal Hessian.",
            "Remove hessian = Hessian.DIAGONAL; the gradient remains available."),
    // Parts.
    PART_NAME_NOT_CONSTANT(
            "FormulaPart",
            "The name of a part must be a string constant, but '%s' is not.",
            "Write it in quotes: part(\"reconstruction\", …)."),
    PART_NAME_INVALID(
            "FormulaPart", "'%s' is not a name for a part.", "Write letters, digits and underscores, a letter first."),
    PART_NAME_TAKEN(
            "FormulaPart",
            "Two parts of this formula are named '%s'.",
            "Name them differently, or put one part around both; a method that is called twice marks its parts twice."),
    PART_IN_LAMBDA(
            "FormulaPart",
            "The part '%s' is in a lambda, where it would have a value for each index.",
            "Put the part around the reduction: part(\"%1$s\", sum(n, i -> …))."),
    NOT_JAVA("FormulaJava", "'%s' could not be read, because it is not valid Java.", "Fix the errors javac reports."),
    NESTED_TOO_DEEPLY(
            "FormulaDepth",
            "This formula is nested more than %s levels deep.",
            "Write it as a reduction, or split it into locals and helper methods."),
    TOO_LARGE(
            "FormulaSize",
            "This formula has more than %s operations, counting what helpers and locals stand for.",
            "Write repetition as a reduction such as sum(n, i -> …), or split the formula into several losses."),
    KERNEL_TOO_LARGE(
            "FormulaSize",
            "The kernel of '%s' is longer than Java allows a method to be.",
            "Write repetition as a reduction such as sum(n, i -> …), or split the formula into several losses."),
    // What the formula means.
    NO_INFLUENCE("FormulaInfluence", "'%s' does not influence the result.", "Use it, or remove it."),
    NO_SMOOTH_INFLUENCE(
            "FormulaInfluence",
            "'%s' influences the result only through %s, whose derivative is zero everywhere.",
            "%3$s"),
    TARGET_INSTEAD_OF_PREDICTION(
            "FormulaInfluence",
            "The result varies with the @Target '%s', but not with '%s'; a target is a constant.",
            "If the model predicts '%1$s', mark it @Prediction; use '%2$s' too, or remove it."),
    // Warnings.
    INT_DIVISION(
            "FormulaDivision",
            Severity.WARNING,
            "This divides ints, which rounds toward 0 before the result becomes a float.",
            "Make one of them a float: (float) a / b, or 1f / 2."),
    INDEX_BEYOND_END(
            "FormulaIndex",
            Severity.WARNING,
            "The index %s leaves '%s', where it reads NaN, so that the result is always NaN.",
            "Let it run over fewer: sum(n - 1, i -> …), or leave terms out: i + 1 < n ? … : 0."),
    FLOAT_EQUALITY(
            "FormulaEquality",
            Severity.WARNING,
            "This compares computed floats for equality, which rounding decides.",
            "Compare with a tolerance: abs(a - b) <= tolerance."),
    INDEX_OF_PREDICTION(
            "FormulaIndex",
            Severity.WARNING,
            "This index is cast from the prediction '%s', and no gradient flows through a cast.",
            "If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest."),
    OPERAND_OUTSIDE_DOMAIN("FormulaDomain", Severity.WARNING, "'%s' needs an operand %s, but %s is in %s.", "%5$s"),
    VALUE_OUTSIDE_DOMAIN("FormulaDomain", Severity.WARNING, "'%s' needs %s %s, but it is in %s.", "%5$s"),
    BASE_NEGATIVE(
            "FormulaDomain",
            Severity.WARNING,
            "A negative number has no power with a non-integer exponent, but %s is in %s.",
            "%3$s"),
    BASE_ZERO(
            "FormulaDomain",
            Severity.WARNING,
            "0 to a negative power is infinite, but %s is in %s and its exponent in %s.",
            "%4$s"),
    DIVISOR_ZERO("FormulaDomain", Severity.WARNING, "This divides by %s, which can be 0: it is in %s.", "%3$s"),
    MEAN_EMPTY(
            "FormulaDomain",
            Severity.WARNING,
            "This mean may be empty, which makes it NaN: the number of values is in %s.",
            "Guard it: n > 0 ? mean(n, i -> …) : 0."),
    INDETERMINATE(
            "FormulaDomain",
            Severity.WARNING,
            "This can be %s, which is NaN: its operands are in %s and %s.",
            "Keep the infinity out: declare a narrower range, or guard or clamp what it comes from."),
    VERTICAL_SLOPE(
            "FormulaKink",
            Severity.WARNING,
            "The gradient of '%s' is infinite where %s is %s, which it can be.",
            "Keep it away from there, for example with %4$s, or guard it: a gradient of ∞ times 0 is NaN."),
    RESULT_CONSTANT(
            "FormulaConstant",
            Severity.WARNING,
            "The result is always %s, whatever the inputs are in their ranges.",
            "Look for a condition that always holds, or a range that is declared too narrow."),
    INFLUENCE_SIMPLIFIED_AWAY(
            "FormulaConstant",
            Severity.WARNING,
            "'%s' has no influence: the terms that contain it simplify away.",
            "Look for a condition that is constant, or terms that cancel."),
    PART_CONSTANT(
            "FormulaPart",
            Severity.WARNING,
            "The part '%s' does not depend on any input.",
            "Mark a value that does, or remove the mark."),
    NO_DEVICE_KERNELS(
            "FormulaDevice",
            Severity.WARNING,
            "'%s' gets no kernels for devices: %s.",
            "It still runs on the backend 'cpu'. For a device, shorten it, use fewer inputs, or split it into several"
                    + " losses; -Alossforge.backends=jvm turns device kernels off."),
    INPUT_UNUSED("FormulaUnused", Severity.WARNING, "'%s' is not used.", "Use it, or remove it."),
    // The processor itself.
    STAGE_FAILED(
            "FormulaInternal",
            "Stage '%s' failed on '%s': %s.",
            "This is a bug in Lossforge, not in the formula; please report both."),
    CLASS_NOT_WRITTEN(
            "FormulaOutput",
            "The generated class %s cannot be written: %s.",
            "Check the folder of generated sources (javac -s), and that no other processor generates this class."),
    DUMP_FAILED(
            "FormulaDump",
            "The stages cannot be written to '%s': %s.",
            "Pass a writable folder to -Alossforge.dump, or omit it."),
    OVERFLOW(
            "FormulaOverflow",
            Severity.NOTE,
            "'%s' overflows float where %s is above %s, and it can be: it is in %s.",
            "If it comes so far, declare the ranges of the inputs, clamp it: min(x, %3$sf), or write the loss with"
                    + " softplus, logSigmoid, logSumExp or logSoftmax."),
    REWRITTEN(
            "FormulaRewrite",
            Severity.NOTE,
            "In '%s' the rule %s replaces %s.",
            "It writes %4$s for %3$s, before the formula is differentiated."),
    COMPILER_WITHOUT_TREES(
            "FormulaCompiler",
            "This compiler gives no access to syntax trees (%s).",
            "Compile with javac 21 or newer: the formula is read from its source.");

    /** Where the folder {@code docs} of this repository is on the web: below the URL of the POMs. */
    private static final String DOCS = "https://lossforge.dev/docs/";

    private final String id;
    private final Severity severity;
    private final String text;
    private final String advice;

    Message(String id, String text, String advice) {
        this(id, Severity.ERROR, text, advice);
    }

    Message(String id, Severity severity, String text, String advice) {
        this.id = id;
        this.severity = severity;
        this.text = text;
        this.advice = advice;
    }

    /** The name of the rule, and of its page. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** The address of the page that explains the rule. */
    public String page() {
        return DOCS + "diagnostics/" + id + ".md";
    }

    String text(Object... arguments) {
        return String.format(Locale.ROOT, text, arguments);
    }

    String advice(Object... arguments) {
        return String.format(Locale.ROOT, advice, arguments);
    }
}
