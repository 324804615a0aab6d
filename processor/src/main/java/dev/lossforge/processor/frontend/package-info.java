/**
 * Reads the javac trees of a formula method into the formula IR.
 *
 * <p>{@link dev.lossforge.processor.frontend.FormulaReader} evaluates the method symbolically: an expression becomes a
 * {@code Value}, a local a name for one, a branch a choice between two, a call the value of the method called. Arrays
 * and lambdas are values too, functions from an index to a value; what remains in the end is one scalar expression.
 *
 * <p>This is the only stage that knows {@code com.sun.source}. What lies outside the formula language is reported here,
 * at the expression that does, and reading goes on behind it.
 */
@NullMarked
package dev.lossforge.processor.frontend;

import org.jspecify.annotations.NullMarked;
