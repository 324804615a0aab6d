/** What a run leaves in its folder, written and read: its record, its curve, its weights. */
@NullMarked
package dev.lossforge.samples.run;

import org.jspecify.annotations.NullMarked;
