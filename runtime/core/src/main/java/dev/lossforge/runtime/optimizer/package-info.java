/**
 * Rules by which gradients change parameters: {@link dev.lossforge.runtime.optimizer.Optimizer} and its kinds. They are
 * plain descriptions that state their update rule; backends implement it. In the rules, {@code p} is a parameter,
 * {@code g} its gradient (penalties included), and {@code lr} the learning rate. The number of the step, {@code t}, is
 * counted from 1.
 */
@NullMarked
package dev.lossforge.runtime.optimizer;

import org.jspecify.annotations.NullMarked;
