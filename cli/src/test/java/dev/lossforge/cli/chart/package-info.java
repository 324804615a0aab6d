/** Tests of what pictures are made of. */
@NullMarked
package dev.lossforge.cli.chart;

import org.jspecify.annotations.NullMarked;
