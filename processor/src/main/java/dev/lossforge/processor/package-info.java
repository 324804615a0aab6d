/**
 * The annotation processor: it turns each formula method into a class with fused value-and-gradient kernels.
 *
 * <p>One class holds the pipeline and reads top to bottom, one line per stage: javac trees, formula IR, checks,
 * stability rewrites, reverse mode, simplification, loops, fusion, emission. Each stage is a pure function in its own
 * package.
 */
@NullMarked
package dev.lossforge.processor;

import org.jspecify.annotations.NullMarked;
