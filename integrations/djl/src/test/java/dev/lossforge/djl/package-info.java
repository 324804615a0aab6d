/** Trains with PyTorch by the Deep Java Library. */
@NullMarked
package dev.lossforge.djl;

import org.jspecify.annotations.NullMarked;
