/**
 * Callbacks that steer a training: schedules of the learning rate, early stopping, and what is recorded on the way.
 * Those that remember something keep their memory in checkpoints, so that a resumed training goes on as it would have.
 */
@NullMarked
package dev.lossforge.runtime.callback;

import org.jspecify.annotations.NullMarked;
