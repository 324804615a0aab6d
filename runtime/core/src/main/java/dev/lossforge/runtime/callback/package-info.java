/**
 * Callbacks, which receive {@linkplain dev.lossforge.runtime.callback.Callback.Event events} during a training and can
 * act through {@link dev.lossforge.runtime.callback.Callback.TrainingControl}. The ready-made ones stop early, keep the
 * best parameters, change the learning rate, or write a log. Those with state are
 * {@linkplain dev.lossforge.runtime.callback.Callback.Stateful stateful}, so that a resumed training continues exactly.
 */
@NullMarked
package dev.lossforge.runtime.callback;

import org.jspecify.annotations.NullMarked;
