/**
 * Charts with one description and two formats. A {@link dev.lossforge.runtime.internal.chart.Picture} paints on a
 * {@link dev.lossforge.runtime.internal.chart.Canvas}, which produces a PNG, or SVG for a
 * {@link dev.lossforge.runtime.internal.chart.Page}. The colours of a page follow the reader's light or dark style.
 */
@NullMarked
package dev.lossforge.runtime.internal.chart;

import org.jspecify.annotations.NullMarked;
