/** The command line: {@code lossforge} and its subcommands. */
@NullMarked
package dev.lossforge.cli;

import org.jspecify.annotations.NullMarked;
