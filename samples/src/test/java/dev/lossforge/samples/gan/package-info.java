/** Tests of sample 9: the generative adversarial network. */
@NullMarked
package dev.lossforge.samples.gan;

import org.jspecify.annotations.NullMarked;
