/** Sample 9: a generative adversarial network that writes digits. */
@NullMarked
package dev.lossforge.samples.s09_gan;

import org.jspecify.annotations.NullMarked;
