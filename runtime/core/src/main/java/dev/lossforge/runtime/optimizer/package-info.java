/**
 * The optimisers as descriptions: the update rule and its hyperparameters, each with one
 * documented default.
 */
@NullMarked
package dev.lossforge.runtime.optimizer;

import org.jspecify.annotations.NullMarked;
