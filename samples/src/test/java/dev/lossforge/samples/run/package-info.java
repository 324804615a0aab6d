/** Tests of what is known of a run. */
@NullMarked
package dev.lossforge.samples.run;

import org.jspecify.annotations.NullMarked;
