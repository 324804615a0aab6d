/**
 * The language in which losses are written: annotations that mark a formula method and the roles of its parameters, and
 * {@code Formulas}, the vocabulary that a formula may call.
 *
 * <p>A formula is ordinary Java. It compiles, runs and can be debugged as it stands, and what it computes is the
 * meaning that every generated kernel must agree with. This package depends on nothing.
 */
@NullMarked
package dev.lossforge.dsl;

import org.jspecify.annotations.NullMarked;
