/** What tests of readers share. */
@NullMarked
package dev.lossforge.samples.io;

import org.jspecify.annotations.NullMarked;
