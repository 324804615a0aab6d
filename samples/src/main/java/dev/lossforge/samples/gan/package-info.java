/** Sample 9: a generative adversarial network that writes digits. */
@NullMarked
package dev.lossforge.samples.gan;

import org.jspecify.annotations.NullMarked;
