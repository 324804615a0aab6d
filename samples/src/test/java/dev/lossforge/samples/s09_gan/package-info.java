/** Tests of sample 9: the generative adversarial network. */
@NullMarked
package dev.lossforge.samples.s09_gan;

import org.jspecify.annotations.NullMarked;
