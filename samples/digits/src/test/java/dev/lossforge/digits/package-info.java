/**
 * Tests of the MNIST sample: small IDX files made here, local mirrors, and the published files where they are at hand.
 */
@NullMarked
package dev.lossforge.digits;

import org.jspecify.annotations.NullMarked;
