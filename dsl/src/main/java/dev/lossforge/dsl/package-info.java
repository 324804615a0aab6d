/**
 * The language in which losses are written: annotations that mark a formula method and the roles of its parameters, and
 * {@link dev.lossforge.dsl.Formulas}, the vocabulary that a formula may call.
 *
 * <p>A formula is ordinary Java. It compiles, runs and can be debugged like any method, and every generated kernel must
 * agree with what it computes. Its body consists of effectively final locals, {@code return}, {@code if} and
 * {@code else}, {@code ?:}, arithmetic on {@code float} and {@code int}, comparisons, boolean operators, indexing,
 * {@code .length}, numeric constants, the vocabulary, and calls to other static methods whose source is in the same
 * build. This package depends on nothing.
 */
@NullMarked
package dev.lossforge.dsl;

import org.jspecify.annotations.NullMarked;
