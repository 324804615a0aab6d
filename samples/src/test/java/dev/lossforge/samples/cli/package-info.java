/** Tests of the command line, with backends that compute nothing. */
@NullMarked
package dev.lossforge.samples.cli;

import org.jspecify.annotations.NullMarked;
