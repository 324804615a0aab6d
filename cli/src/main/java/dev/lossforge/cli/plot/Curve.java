package dev.lossforge.cli.plot;

import java.util.List;

/**
 * A loss and its gradient over a prediction, from left to right; NaN where the line breaks.
 *
 * @param name what is fixed, as in {@code y = 1, gamma = 2}
 * @param colour which colour it has, from 0
 * @param stroke how it is drawn, from 0: a full line, then dashes that get shorter
 */
record Curve(String name, int colour, int stroke, List<Double> x, List<Double> values, List<Double> gradients) {}
