package dev.lossforge.processor.testing.random;

import static dev.lossforge.processor.testing.random.Term.real;
import static dev.lossforge.processor.testing.random.Term.vector;
import static dev.lossforge.processor.testing.random.Term.whole;

import java.util.List;

/** Draws reals and vectors of the whole language, most of them tame: few of their values are NaN or infinite. */
final class Grammar {

    private static final List<String> BOUNDED = List.of("sin", "cos", "tanh", "sigmoid", "erf", "atan");
    private static final List<String> GENTLE =
            List.of("abs", "softplus", "logSigmoid", "logCosh", "asinh", "square", "-", "Math.abs");
    private static final List<String> STEEP = List.of("exp", "expm1", "sinh", "cosh", "tan");
    private static final List<String> STEPS = List.of("floor", "ceil", "round", "sign", "stopGradient");
    private static final List<String> OF_POSITIVE = List.of("log", "log1p", "sqrt", "lgamma");
    private static final List<String> OF_SMALL = List.of("asin", "acos", "atanh", "log1p");
    private static final List<String> REDUCTIONS = List.of("sum", "sum", "sum", "mean", "max", "min", "logSumExp");
    private static final int DEEPEST_NEST = 3;

    private final Dice dice;
    private final Inputs inputs;
    private final Wholes wholes;
    private final Guards guards;
    private int names;

    Grammar(Dice dice, Inputs inputs) {
        this.dice = dice;
        this.inputs = inputs;
        this.wholes = new Wholes(dice, inputs, this);
        this.guards = new Guards(dice, inputs, this);
    }

    Wholes wholes() {
        return wholes;
    }

    Guards guards() {
        return guards;
    }

    String fresh(String letter) {
        return letter + names++;
    }

    Term someReal(int depth, Place at) {
        if (depth <= 0 || dice.chance(8)) {
            return leaf(at);
        }
        int d = depth - 1;
        return switch (dice.below(22)) {
            case 0 -> call(dice.pick(BOUNDED), someReal(d, at));
            case 1 -> call(dice.pick(GENTLE), someReal(d, at));
            case 2 -> call(dice.pick(STEEP), dice.chance(6) ? someReal(d, at) : bounded(d, at));
            case 3 -> call(dice.pick(OF_POSITIVE), dice.chance(8) ? someReal(d, at) : positive(d, at));
            case 4 -> call(dice.pick(OF_SMALL), real("(0.9f * %s)", bounded(d, at)));
            case 5, 6, 7 -> real("(%s " + dice.pick(List.of("+", "-", "*")) + " %s)", someReal(d, at), someReal(d, at));
            case 8 -> real("(%s / %s)", someReal(d, at), dice.chance(8) ? someReal(d, at) : positive(d, at));
            case 9 ->
                real(
                        dice.pick(List.of("max(%s, %s)", "min(%s, %s)", "hypot(%s, %s)")),
                        someReal(d, at),
                        someReal(d, at));
            case 10 -> choice(d, at);
            case 11 -> ofTwo(d, at);
            case 12 -> call(dice.pick(STEPS), someReal(d, at));
            case 13 -> textbook(d, at);
            case 14 -> real("(%s * %s)", wholes.someWhole(d, at), someReal(d, at));
            case 15 -> helper(d, at);
            case 16 -> ofVectors(d, at);
            case 17 -> guards.shared(d, at);
            case 18 -> guards.guarded(d, at);
            default -> reduction(d, at);
        };
    }

    private static Term call(String function, Term argument) {
        return real(function + "(%s)", argument);
    }

    Term bounded(int depth, Place at) {
        return call(dice.pick(BOUNDED), someReal(depth, at));
    }

    private Term positive(int depth, Place at) {
        return real("(0.5f + %s)", call(dice.chance(2) ? "square" : "abs", bounded(depth, at)));
    }

    private Term leaf(Place at) {
        if (!at.reals().isEmpty() && dice.chance(3)) {
            return real(dice.pick(at.reals()));
        }
        if (!at.others().isEmpty() && dice.chance(2)) {
            return real("other[" + dice.pick(at.others()) + "]");
        }
        if (!inputs.hasVectors() || dice.chance(4)) {
            return real(inputs.scalar(wholes.row(at)));
        }
        if (!at.inner().isEmpty() && dice.chance(3)) {
            return real(inputs.vector(wholes.row(at)) + "[" + dice.pick(at.inner()) + " + 1]");
        }
        return real("%s[%s]", real(named(at)), wholes.column(0, at));
    }

    /** A vector that has a name. */
    private String named(Place at) {
        return !at.vectors().isEmpty() && dice.chance(3) ? dice.pick(at.vectors()) : inputs.vector(wholes.row(at));
    }

    private Term choice(int d, Place at) {
        if (dice.chance(4)) {
            String text = "(switch (%s) { case 0 -> %s; case 1, 3 -> %s; default -> %s; })";
            return real(text, wholes.someWhole(d, at), someReal(d, at), someReal(d, at), someReal(d, at));
        }
        String text = dice.chance(2) ? "(%s ? %s : %s)" : "where(%s, %s, %s)";
        return real(text, wholes.someTruth(d, at), someReal(d, at), someReal(d, at));
    }

    private Term ofTwo(int d, Place at) {
        return switch (dice.below(6)) {
            case 0 -> real("atan2(%s, %s)", someReal(d, at), positive(d, at));
            case 1 -> real("pow(%s, %s)", positive(d, at), dice.chance(2) ? real("1.5f") : bounded(d, at));
            case 2 -> real("pow(%s, %s)", someReal(d, at), real(dice.pick(List.of("2", "3f", "2f", "1", "0.5f"))));
            case 3 -> real("xlogy(%s, %s)", positive(d, at), positive(d, at));
            case 4 -> real("(%s %% %s)", someReal(d, at), positive(d, at));
            default -> real("clamp(%s, %s, 1.5f)", someReal(d, at), real(dice.pick(List.of("-1f", "0", "-0.5f"))));
        };
    }

    /** What people write by hand and the compiler makes stable. */
    private Term textbook(int d, Place at) {
        Term x = someReal(d, at);
        return switch (dice.below(10)) {
            case 0 -> real("(1 / (1 + exp(-%s)))", x);
            case 1 -> real("log(1 + exp(%s))", x);
            case 2 -> real("(-log(sigmoid(%s)))", x);
            case 3 -> real("log(1 - sigmoid(%s))", x);
            case 4 -> real("sqrt(%s * %s + %s * %s)", x, x, positive(d, at), positive(d, at));
            case 5 -> real("log(1 - exp(-%s))", positive(d, at));
            case 6 -> real("log(cosh(%s))", x);
            case 7 -> real("(%s * log(%s))", positive(d, at), positive(d, at));
            case 8 -> real("log(exp(%s) + exp(%s))", x, someReal(d, at));
            default -> naiveSoftmax(d, at);
        };
    }

    private Term naiveSoftmax(int d, Place at) {
        if (!inputs.hasVectors() || at.nesting() >= DEEPEST_NEST) {
            return real("(exp(%s) - 1)", bounded(d, at));
        }
        String v = named(at);
        String index = fresh("i");
        String total = "sum(" + inputs.columns(wholes.row(at)) + ", " + index + " -> exp(" + v + "[" + index + "]))";
        return switch (dice.below(3)) {
            case 0 -> real("log(" + total + ")");
            case 1 -> real("(exp(" + v + "[%s]) / " + total + ")", wholes.column(d, at));
            default -> real("(-log(exp(" + v + "[%s]) / " + total + "))", wholes.column(d, at));
        };
    }

    private Term helper(int d, Place at) {
        return switch (dice.below(inputs.hasVectors() && at.nesting() < 2 ? 4 : 2)) {
            case 0 -> call("halfSquare", someReal(d, at));
            case 1 -> real("pinball(%s, %s)", someReal(d, at), real(dice.pick(List.of("0.25f", "0.9f"))));
            case 2 -> real("gap(%s, %s)", someVector(d, at), someVector(d, at));
            default -> {
                String first = fresh("i");
                String second = fresh("i");
                yield real(
                        "weighted(" + inputs.columns(wholes.row(at)) + ", " + first + " -> %s, " + second + " -> %s)",
                        someReal(d - 1, at.withColumn(first, false)),
                        someReal(d - 1, at.withColumn(second, false)));
            }
        };
    }

    private Term ofVectors(int d, Place at) {
        if (!inputs.hasVectors() || at.nesting() >= DEEPEST_NEST - 1) {
            return someReal(d, at);
        }
        Term v = someVector(d, at);
        return switch (dice.below(7)) {
            case 0 -> real("dot(%s, %s)", v, someVector(d, at));
            case 1 -> real("cosineSimilarity(%s, %s)", v, someVector(d, at));
            case 2 -> call(dice.pick(List.of("norm", "squaredNorm")), v);
            case 3 -> real("softmax(%s)[%s]", v, wholes.column(d, at));
            case 4 -> real("logSoftmax(%s)[%s]", v, wholes.column(d, at));
            default -> call(dice.pick(REDUCTIONS), v);
        };
    }

    Term someVector(int depth, Place at) {
        if (depth <= 0 || dice.chance(3) || at.nesting() >= DEEPEST_NEST) {
            return vector(named(at));
        }
        int d = depth - 1;
        return switch (dice.below(6)) {
            case 0 -> vector("softmax(%s)", someVector(d, at));
            case 1 -> vector("logSoftmax(%s)", someVector(d, at));
            case 2 -> dice.chance(3) ? vector("stopGradient(%s)", someVector(d, at)) : vector(named(at));
            case 3 -> vector("(%s ? %s : %s)", wholes.someTruth(d, at), someVector(d, at), someVector(d, at));
            default -> {
                String index = fresh("i");
                String length = inputs.columns(wholes.row(at));
                yield vector("vector(" + length + ", " + index + " -> %s)", someReal(d, at.withColumn(index, false)));
            }
        };
    }

    private Term reduction(int d, Place at) {
        if (at.nesting() >= DEEPEST_NEST || d < 1) {
            return leaf(at);
        }
        String op = dice.chance(12) ? "prod" : dice.pick(REDUCTIONS);
        String index = fresh("i");
        if (!inputs.hasVectors() || dice.chance(8)) {
            return loop(op, whole("3"), index, d, at.withCount(index));
        }
        if (inputs.has("other") && dice.chance(4)) {
            return loop(op, whole("other.length"), index, d, at.withOther(index));
        }
        if (inputs.rank() == 2 && dice.chance(2)) {
            boolean triangle = !at.rows().isEmpty() && dice.chance(4);
            Term extent = whole(triangle ? dice.pick(at.rows()) + " + 1" : dice.pick(List.of("p.length", "y.length")));
            return loop(op, extent, index, d, at.withRow(index));
        }
        return columnLoop(op, index, d, at);
    }

    private Term columnLoop(String op, String index, int d, Place at) {
        String length = inputs.columns(wholes.row(at));
        return switch (dice.below(10)) {
            case 0 -> loop(dice.chance(3) ? op : "sum", whole(length + " - 1"), index, d, at.withColumn(index, true));
            case 1 -> loop(op, whole("min(3, " + length + ")"), index, d, at.withColumn(index, false));
            case 2 ->
                loop(op, whole(inputs.label(wholes.row(at), "0") + " + 1"), index, d, at.withColumn(index, false));
            case 3 -> {
                String below = at.columns().isEmpty() ? inputs.label(wholes.row(at), "0") : dice.pick(at.columns());
                yield loop(dice.chance(3) ? op : "sum", whole(below), index, d, at.withColumn(index, false));
            }
            default -> loop(op, whole(length), index, d, at.withColumn(index, false));
        };
    }

    private Term loop(String op, Term extent, String index, int d, Place inside) {
        Term body = someReal(d - 1, inside);
        if (op.equals("prod")) {
            body = real("(0.5f + %s)", call("sigmoid", body));
        }
        if (dice.chance(6)) {
            String local = fresh("t");
            String text = op + "(%s, " + index + " -> { float " + local + " = %s; return %s; })";
            return real(text, extent, body, someReal(d - 1, inside.withReal(local)));
        }
        return real(op + "(%s, " + index + " -> %s)", extent, body);
    }
}
