/**
 * Reads the javac trees of a formula method into the formula IR.
 *
 * <p>This is the only stage that knows {@code com.sun.source}. What lies outside the formula language is reported here,
 * at the expression that does.
 */
@NullMarked
package dev.lossforge.processor.frontend;

import org.jspecify.annotations.NullMarked;
