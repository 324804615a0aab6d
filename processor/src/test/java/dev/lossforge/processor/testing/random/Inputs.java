package dev.lossforge.processor.testing.random;

import java.util.ArrayList;
import java.util.List;

/** The parameters of a random formula: which there are, and how an expression reads them. */
final class Inputs {

    private final Dice dice;
    private final int rank;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> predictions = new ArrayList<>();

    Inputs(Dice dice, int rank) {
        this.dice = dice;
        this.rank = rank;
        String array = "[]".repeat(rank);
        for (String name : List.of("p", "q", "z").subList(0, 1 + Math.min(dice.below(4), 2))) {
            String range = dice.chance(6) ? "(min = 0.0625, max = 0.9375)" : "";
            add("@Prediction" + range + " float" + array, name);
            predictions.add(name);
        }
        add("@Target float" + array, "y");
        add("@Target int" + "[]".repeat(Math.max(rank - 1, 0)), "label");
        addSometimes("@Param" + trainable() + " float", "delta");
        addSometimes("@Param" + trainable() + " float[]", "w");
        addSometimes("@Param(min = 0.0625, max = 2) float", "tau");
        if (rank == 1) {
            addSometimes("@Target float", "x");
            addSometimes("@Target int[]", "k");
            addSometimes("@Target float[]", "other");
        }
        if (rank == 2) {
            addSometimes("@Target float[]", "x");
            addSometimes("@Target int[][]", "k");
        }
    }

    private String trainable() {
        return dice.chance(2) ? "(trainable = true)" : "";
    }

    private void add(String declaration, String name) {
        parameters.add(new Parameter(declaration, name));
    }

    private void addSometimes(String declaration, String name) {
        if (dice.chance(2)) {
            add(declaration, name);
        }
    }

    int rank() {
        return rank;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<String> predictions() {
        return predictions;
    }

    boolean has(String name) {
        return parameters.stream().anyMatch(p -> p.name().equals(name));
    }

    /** Whether there are vectors as long as a row. */
    boolean hasVectors() {
        return rank > 0 || has("w");
    }

    /** The length of a row. */
    String columns(String row) {
        return switch (rank) {
            case 0 -> "w.length";
            case 1 -> !dice.chance(4) ? "p.length" : "y.length";
            default -> (!dice.chance(4) ? "p[" : "y[") + row + "].length";
        };
    }

    /** A vector as long as a row. */
    String vector(String row) {
        List<String> all = new ArrayList<>();
        if (rank > 0) {
            String suffix = rank == 2 ? "[" + row + "]" : "";
            predictions.forEach(p -> all.add(p + suffix));
            predictions.forEach(p -> all.add(p + suffix));
            all.add("y" + suffix);
        }
        if (has("w")) {
            all.add("w");
        }
        return dice.pick(all);
    }

    /** A value that is no entry of a row. */
    String scalar(String row) {
        List<String> all = new ArrayList<>(List.of("0.5f", "2", "(-1.5f)", "0.1f", "1", "3f"));
        for (String name : List.of("delta", "tau")) {
            if (has(name)) {
                all.addAll(List.of(name, name, name));
            }
        }
        if (has("x")) {
            all.add(rank == 2 ? "x[" + row + "]" : "x");
        }
        if (rank == 0) {
            for (int i = 0; i < 4; i++) {
                all.addAll(predictions);
                all.add("y");
            }
        }
        return dice.pick(all);
    }

    /** A target from 0 to the length of a row, exclusive. */
    String label(String row, String column) {
        if (has("k") && dice.chance(2)) {
            return rank == 2 ? "k[" + row + "][" + column + "]" : "k[" + column + "]";
        }
        return rank == 2 ? "label[" + row + "]" : "label";
    }
}
