/**
 * Runs as something to look at: one page per run that needs nothing but itself, and one that lays runs over each other.
 */
@NullMarked
package dev.lossforge.cli.report;

import org.jspecify.annotations.NullMarked;
