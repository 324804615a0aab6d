/** The refusal of what a user typed. */
@NullMarked
package dev.lossforge.cli.argument;

import org.jspecify.annotations.NullMarked;
