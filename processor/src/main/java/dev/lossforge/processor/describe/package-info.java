/**
 * Descriptions of generated losses for programs that do not load their classes: one JSON resource per formula, for
 * command lines and tools. This package reads formulas and loop nests and writes text.
 */
@NullMarked
package dev.lossforge.processor.describe;

import org.jspecify.annotations.NullMarked;
