/** Tests of what pictures are made of. */
@NullMarked
package dev.lossforge.samples.chart;

import org.jspecify.annotations.NullMarked;
