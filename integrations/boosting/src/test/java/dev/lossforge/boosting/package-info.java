/** Tests of the boosters' objectives, on data of two moons. */
@NullMarked
package dev.lossforge.boosting;

import org.jspecify.annotations.NullMarked;
