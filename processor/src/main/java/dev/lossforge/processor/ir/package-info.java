/**
 * The formula IR: sealed records for the expressions of a formula, made and interned by one
 * factory per formula.
 *
 * <p>Interned means that equal expressions are identical, so equality costs nothing and common
 * subexpressions are shared by construction. Positions in the source live beside the IR, never in
 * it.
 */
@NullMarked
package dev.lossforge.processor.ir;

import org.jspecify.annotations.NullMarked;
