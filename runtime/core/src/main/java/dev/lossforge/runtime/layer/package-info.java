/**
 * The layers of a model as descriptions: what each computes, its parameters and how they are
 * initialised.
 *
 * <p>A layer holds no arrays; a backend compiles the description into a training step.
 */
@NullMarked
package dev.lossforge.runtime.layer;

import org.jspecify.annotations.NullMarked;
