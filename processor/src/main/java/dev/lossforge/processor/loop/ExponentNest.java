package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Input;

/**
 * The kernel of a formula for calls in which a hyperparameter has a certain value.
 *
 * @param exponent the hyperparameter
 * @param nest its loops, which do not read the hyperparameter
 */
public record ExponentNest(Input exponent, float value, LoopNest nest) {}
