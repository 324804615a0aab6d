/**
 * What a program can know of a generated loss without its class: one JSON resource per formula, for command lines and
 * tools. Reads formulas and loop nests, writes text.
 */
@NullMarked
package dev.lossforge.processor.describe;

import org.jspecify.annotations.NullMarked;
