/**
 * Charts drawn once and shown twice: a {@link dev.lossforge.samples.chart.Picture} paints on a
 * {@link dev.lossforge.samples.chart.Canvas}, which makes SVG for a page, whose colours follow the page's light or dark
 * style, or a PNG.
 */
@NullMarked
package dev.lossforge.samples.chart;

import org.jspecify.annotations.NullMarked;
