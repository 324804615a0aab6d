package dev.lossforge.processor.testing.random;

import static dev.lossforge.processor.testing.random.Term.statements;

import java.util.List;
import java.util.SplittableRandom;

/** Draws formula methods: parameters, statements and the returned expression. */
public final class RandomSource {

    /** Most formulas are small, since many small ones find more than a few large ones; some are not. */
    private static final List<Integer> DEPTHS = List.of(1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5);

    private final Dice dice;
    private final Inputs inputs;
    private final Grammar grammar;

    private RandomSource(Dice dice, int rank) {
        this.dice = dice;
        this.inputs = new Inputs(dice, rank);
        this.grammar = new Grammar(dice, inputs);
    }

    /** The formula of a seed, always the same. */
    public static FormulaSource of(long seed) {
        Dice dice = new Dice(new SplittableRandom(seed));
        boolean hessian = dice.chance(5);
        int rank = dice.below(hessian ? 2 : 3);
        RandomSource source = new RandomSource(dice, rank);
        Term body = source.body(dice.below(3), Place.OUTERMOST);
        return new FormulaSource("random" + seed, hessian, source.inputs.parameters(), body).withoutUnused();
    }

    private Term body(int statementsLeft, Place at) {
        if (statementsLeft == 0 || dice.below(3) == 0) {
            return statements("return %s;", returned(at));
        }
        String local = grammar.fresh("t");
        int depth = 1 + dice.below(2);
        return switch (dice.below(7)) {
            case 0, 1 ->
                statements(
                        "float " + local + " = %s;\n%s",
                        grammar.someReal(depth, at),
                        body(statementsLeft - 1, at.withReal(local)));
            case 2 ->
                statements(
                        "int " + local + " = %s;\n%s",
                        grammar.wholes().someWhole(depth, at),
                        body(statementsLeft - 1, at.withWhole(local)));
            case 3 ->
                statements(
                        "float " + local + ";\nif (%s) {\n" + local + " = %s;\n} else {\n" + local + " = %s;\n}\n%s",
                        grammar.wholes().someTruth(depth, at),
                        grammar.someReal(depth, at),
                        grammar.someReal(depth, at),
                        body(statementsLeft - 1, at.withReal(local)));
            case 4 ->
                statements(
                        "if (%s) {\n%s\n}\n%s",
                        grammar.wholes().someTruth(depth, at), body(0, at), body(statementsLeft - 1, at));
            case 5 -> grammar.guards().early(body(0, at), at, rest -> body(statementsLeft - 1, rest));
            default ->
                inputs.hasVectors()
                        ? statements(
                                "float[] " + local + " = %s;\n%s",
                                grammar.someVector(depth, at),
                                body(statementsLeft - 1, at.withVector(local)))
                        : body(0, at);
        };
    }

    /** An expression on which everything that is learned has an influence. */
    private Term returned(Place at) {
        Term value = grammar.someReal(dice.pick(DEPTHS), at);
        for (String prediction : inputs.predictions()) {
            value = Term.real("%s + %s", value, Term.real(touch(prediction)));
        }
        for (Parameter parameter : inputs.parameters()) {
            if (parameter.isTrainable()) {
                String name = parameter.name();
                value = Term.real("%s + %s", value, Term.real(parameter.rank() == 0 ? name : "mean(" + name + ")"));
            }
        }
        return value;
    }

    private String touch(String prediction) {
        String index = grammar.fresh("i");
        return switch (inputs.rank()) {
            case 0 -> "0.1f * square(" + prediction + " - y)";
            case 1 -> dice.chance(2) ? "0.1f * squaredNorm(" + prediction + ")" : "0.1f * " + prediction + "[label]";
            default ->
                "0.1f * " + dice.pick(List.of("sum", "max", "logSumExp")) + "(p.length, " + index + " -> " + prediction
                        + "[" + index + "][label[" + index + "]])";
        };
    }
}
