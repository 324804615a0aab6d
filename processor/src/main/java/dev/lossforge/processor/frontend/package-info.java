/**
 * Reads the javac trees of a formula method into the formula IR.
 *
 * <p>{@link dev.lossforge.processor.frontend.FormulaReader} evaluates the method symbolically. An expression becomes a
 * {@code Value}, a local a name for one, a branch a choice between two, a call the value of the called method. Arrays
 * and lambdas are also values: functions from an index to a value. The result is one scalar expression.
 *
 * <p>This is the only stage that knows {@code com.sun.source}. Anything outside the formula language is reported here,
 * at its expression, and reading continues after it.
 */
@NullMarked
package dev.lossforge.processor.frontend;

import org.jspecify.annotations.NullMarked;
