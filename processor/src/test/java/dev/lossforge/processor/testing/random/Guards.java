package dev.lossforge.processor.testing.random;

import static dev.lossforge.processor.testing.random.Term.real;
import static dev.lossforge.processor.testing.random.Term.statements;

import java.util.List;
import java.util.function.Function;

/**
 * Draws conditions that keep something away: a target that is missing, a neighbour beyond the end of a row. What they
 * guard uses it more than once.
 */
final class Guards {

    private static final List<String> SHARED = List.of(
            "(%s * (1 + %s))",
            "(%s / (1 + square(%s)))",
            "(%s - tanh(%s))",
            "(abs(%s) - log1p(abs(%s)))",
            "(square(%s) / (1 + square(%s)))",
            "(%s * sigmoid(%s))",
            "(softplus(%s) + square(erf(%s)))",
            "(abs(%s) * logCosh(%s))");

    private final Dice dice;
    private final Inputs inputs;
    private final Grammar reals;

    Guards(Dice dice, Inputs inputs, Grammar reals) {
        this.dice = dice;
        this.inputs = inputs;
        this.reals = reals;
    }

    /** A value that two operations use. */
    Term shared(int depth, Place at) {
        Term value = reals.someReal(depth, at);
        return real(dice.pick(SHARED), value, value);
    }

    /** A choice of which one side is right only where its condition holds. */
    Term guarded(int depth, Place at) {
        if (inputs.hasVectors() && dice.chance(2)) {
            return neighbour(depth, at);
        }
        String target = target(at);
        Term whole = used(depth, at, target);
        Term missing = reals.someReal(depth - 1, at);
        return switch (dice.below(4)) {
            case 0 -> real("(T != T ? %s : %s)".replace("T", target), missing, whole);
            case 1 -> real("where(T > -1e30f && T < 1e30f, %s, %s)".replace("T", target), whole, missing);
            case 2 -> real("(!(T == T) ? %s : %s)".replace("T", target), missing, whole);
            default -> real("(T == T ? %s : %s)".replace("T", target), whole, missing);
        };
    }

    /** The entry before or after one in a row, where there is one. */
    private Term neighbour(int depth, Place at) {
        String column =
                at.columns().isEmpty() || dice.chance(5) ? reals.wholes().label(at) : dice.pick(at.columns());
        String row = reals.wholes().row(at);
        String vector = inputs.vector(row);
        boolean before = dice.chance(2);
        String other = vector + "[" + column + (before ? " - 1]" : " + 1]");
        String condition = before ? column + " > 0" : column + " + 1 < " + vector + ".length";
        return real("(" + condition + " ? %s : %s)", used(depth, at, other), reals.someReal(depth - 1, at));
    }

    /** What is made of a value that is only sometimes there. */
    private Term used(int depth, Place at, String value) {
        if (dice.chance(3)) {
            return shared(depth, at.withReal(value));
        }
        Term step = real("(%s " + dice.pick(List.of("-", "+", "*")) + " %s)", real(prediction(at)), real(value));
        return real(dice.pick(SHARED), step, step);
    }

    private String prediction(Place at) {
        String name = dice.pick(inputs.predictions());
        String column = at.columns().isEmpty() ? "0" : dice.pick(at.columns());
        return switch (inputs.rank()) {
            case 0 -> name;
            case 1 -> name + "[" + column + "]";
            default -> name + "[" + reals.wholes().row(at) + "][" + column + "]";
        };
    }

    /** An early return where a target is missing, and what follows. */
    Term early(Term missing, Place at, Function<Place, Term> rest) {
        String target = target(at);
        return statements("if (T != T) {\n%s\n}\n%s".replace("T", target), missing, rest.apply(at.withReal(target)));
    }

    /** A target of type float. */
    private String target(Place at) {
        String row = reals.wholes().row(at);
        if (inputs.has("x") && dice.chance(2)) {
            return inputs.rank() == 2 ? "x[" + row + "]" : "x";
        }
        String column = at.columns().isEmpty() ? "0" : dice.pick(at.columns());
        return switch (inputs.rank()) {
            case 0 -> "y";
            case 1 -> "y[" + column + "]";
            default -> "y[" + row + "][" + column + "]";
        };
    }
}
