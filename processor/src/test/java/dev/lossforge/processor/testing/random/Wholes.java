package dev.lossforge.processor.testing.random;

import static dev.lossforge.processor.testing.random.Term.truth;
import static dev.lossforge.processor.testing.random.Term.whole;

import java.util.List;

/** Draws ints, conditions and positions in rows. */
final class Wholes {

    private final Dice dice;
    private final Inputs inputs;
    private final Grammar reals;

    Wholes(Dice dice, Inputs inputs, Grammar reals) {
        this.dice = dice;
        this.inputs = inputs;
        this.reals = reals;
    }

    Term someTruth(int depth, Place at) {
        if (depth <= 0 || dice.chance(2)) {
            return truth(
                    "(%s " + dice.pick(List.of("<", "<=", ">", ">=")) + " %s)",
                    reals.someReal(depth - 2, at),
                    reals.someReal(0, at));
        }
        int d = depth - 1;
        return switch (dice.below(5)) {
            case 0 ->
                truth(
                        "(%s " + dice.pick(List.of("&&", "||", "&", "|", "^")) + " %s)",
                        someTruth(d, at),
                        someTruth(d, at));
            case 1 -> truth("(!%s)", someTruth(d, at));
            default ->
                truth(
                        "(%s " + dice.pick(List.of("==", "!=", "<", ">=")) + " %s)",
                        someWhole(d - 1, at),
                        someWhole(d - 1, at));
        };
    }

    /** Any int. */
    Term someWhole(int depth, Place at) {
        if (depth <= 0) {
            if (!at.wholes().isEmpty() && dice.chance(3)) {
                return whole(dice.pick(at.wholes()));
            }
            return inputs.hasVectors() && dice.chance(2) ? column(0, at) : whole(dice.chance(2) ? label(at) : "2");
        }
        int d = depth - 1;
        return switch (dice.below(8)) {
            case 0 -> whole("(%s + %s)", someWhole(d, at), someWhole(d, at));
            case 1 -> whole("(%s - %s)", someWhole(d, at), someWhole(d, at));
            case 2 -> whole("(%s * %s)", someWhole(d, at), someWhole(0, at));
            case 3 -> whole("(%s / 2)", someWhole(d, at));
            case 4 -> whole("(%s %% 3)", someWhole(d, at));
            case 5 -> whole(dice.pick(List.of("max(%s, %s)", "min(%s, %s)")), someWhole(d, at), someWhole(0, at));
            case 6 -> whole("(int) (2 * %s)", reals.bounded(d, at));
            default -> whole("(%s ? %s : %s)", someTruth(d, at), someWhole(d, at), someWhole(0, at));
        };
    }

    String label(Place at) {
        return inputs.label(row(at), at.columns().isEmpty() ? "0" : dice.pick(at.columns()));
    }

    /** An index of a row's entries. */
    Term column(int depth, Place at) {
        if (!at.columns().isEmpty() && dice.below(10) < 7) {
            return whole(dice.pick(at.columns()));
        }
        String length = inputs.columns(row(at));
        Term any = depth > 0 ? someWhole(1, at) : whole(at.columns().isEmpty() ? label(at) : dice.pick(at.columns()));
        return switch (dice.below(depth > 0 && at.nesting() < 2 ? 9 : 6)) {
            case 0 -> whole("0");
            case 1 -> whole("(" + length + " - 1 - " + label(at) + ")");
            case 2 ->
                whole("((" + (at.columns().isEmpty() ? label(at) : dice.pick(at.columns())) + " + 1) %% " + length
                        + ")");
            case 3 -> whole("clamp(%s, 0, " + length + " - 1)", any);
            case 4 -> whole("next(" + label(at) + ", " + length + ")");
            case 5 -> whole(label(at));
            case 6 ->
                whole(
                        dice.pick(List.of("argSort(%s)[%s]", "rank(%s)[%s]")),
                        reals.someVector(depth - 1, at),
                        column(0, at));
            default -> whole(dice.pick(List.of("argMax(%s)", "argMin(%s)")), reals.someVector(depth - 1, at));
        };
    }

    String row(Place at) {
        if (inputs.rank() < 2 || at.rows().isEmpty()) {
            return "0";
        }
        String row = dice.pick(at.rows());
        return switch (dice.below(12)) {
            case 0 -> "p.length - 1 - " + row;
            case 1 -> "(" + row + " + 1) %% p.length";
            case 2 -> "0";
            default -> row;
        };
    }
}
