/**
 * Charts drawn once and shown twice: a {@link dev.lossforge.runtime.internal.chart.Picture} paints on a
 * {@link dev.lossforge.runtime.internal.chart.Canvas}, which makes SVG for a
 * {@link dev.lossforge.runtime.internal.chart.Page}, whose colours follow the reader's light or dark style, or a PNG.
 */
@NullMarked
package dev.lossforge.runtime.internal.chart;

import org.jspecify.annotations.NullMarked;
