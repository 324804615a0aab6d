/** The command line: {@code lossforge} and its subcommands. */
@NullMarked
package dev.lossforge.samples.cli;

import org.jspecify.annotations.NullMarked;
