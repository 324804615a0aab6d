package dev.lossforge.cli.plot;

import java.util.List;

/**
 * A loss and its gradient as functions of a prediction, in ascending order; NaN marks a gap in the line.
 *
 * @param name the fixed inputs, as in {@code y = 1, gamma = 2}
 * @param colour the index of its colour
 * @param stroke the index of its stroke: 0 is a solid line, larger ones are ever shorter dashes
 */
record Curve(String name, int colour, int stroke, List<Double> x, List<Double> values, List<Double> gradients) {}
