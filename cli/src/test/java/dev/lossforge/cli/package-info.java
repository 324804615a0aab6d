/** Tests of the command line, with backends that compute nothing. */
@NullMarked
package dev.lossforge.cli;

import org.jspecify.annotations.NullMarked;
