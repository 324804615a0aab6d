/**
 * The results that a training or an evaluation reports: the loss with its parts, metrics such as
 * {@link dev.lossforge.runtime.metric.Accuracy}, and the {@link dev.lossforge.runtime.metric.History} of the epochs.
 */
@NullMarked
package dev.lossforge.runtime.metric;

import org.jspecify.annotations.NullMarked;
