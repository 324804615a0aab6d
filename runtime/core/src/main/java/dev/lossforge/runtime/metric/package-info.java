/**
 * The results that a training or an evaluation reports: the loss with its parts, metrics such as
 * {@linkplain dev.lossforge.runtime.metric.Metrics#accuracy accuracy}, and the
 * {@link dev.lossforge.runtime.metric.History} of the epochs.
 */
@NullMarked
package dev.lossforge.runtime.metric;

import org.jspecify.annotations.NullMarked;
