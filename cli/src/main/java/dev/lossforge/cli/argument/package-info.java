/** Errors in the user's arguments. */
@NullMarked
package dev.lossforge.cli.argument;

import org.jspecify.annotations.NullMarked;
