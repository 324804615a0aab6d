/** Tests of what is known of a run. */
@NullMarked
package dev.lossforge.cli.run;

import org.jspecify.annotations.NullMarked;
