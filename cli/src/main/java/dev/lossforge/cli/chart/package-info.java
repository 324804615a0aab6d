/**
 * Charts drawn once and shown twice: a {@link dev.lossforge.cli.chart.Picture} paints on a
 * {@link dev.lossforge.cli.chart.Canvas}, which makes SVG for a page, whose colours follow the page's light or dark
 * style, or a PNG.
 */
@NullMarked
package dev.lossforge.cli.chart;

import org.jspecify.annotations.NullMarked;
