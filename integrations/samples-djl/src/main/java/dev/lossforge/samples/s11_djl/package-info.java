/** Sample 11: a network of the Deep Java Library, trained with wrong labels. */
@NullMarked
package dev.lossforge.samples.s11_djl;

import org.jspecify.annotations.NullMarked;
