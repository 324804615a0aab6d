/** What a run leaves in its folder, written and read: its record, its curve, its weights. */
@NullMarked
package dev.lossforge.cli.run;

import org.jspecify.annotations.NullMarked;
