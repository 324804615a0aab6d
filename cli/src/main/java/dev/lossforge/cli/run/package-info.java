/** The files in the folder of a run: its record and its weights. */
@NullMarked
package dev.lossforge.cli.run;

import org.jspecify.annotations.NullMarked;
