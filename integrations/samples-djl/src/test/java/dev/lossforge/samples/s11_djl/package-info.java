/** Tests of sample 11: a network of the Deep Java Library. */
@NullMarked
package dev.lossforge.samples.s11_djl;

import org.jspecify.annotations.NullMarked;
