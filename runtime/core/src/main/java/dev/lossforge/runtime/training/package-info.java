/**
 * Types for fitting a model: {@link dev.lossforge.runtime.training.FitOptions}, the
 * {@link dev.lossforge.runtime.training.TrainingSnapshot} that a training can be resumed from, and the exceptions that
 * end a training. The loop itself is internal.
 */
@NullMarked
package dev.lossforge.runtime.training;

import org.jspecify.annotations.NullMarked;
