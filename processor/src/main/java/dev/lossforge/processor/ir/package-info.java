/**
 * The formula compiler's intermediate language: scalar expressions with free index variables.
 *
 * <p>Every value is a scalar. A vector or a matrix exists only as a {@link dev.lossforge.processor.ir.Expr.Load} at
 * some index, and every loop is a {@link dev.lossforge.processor.ir.Expr.Reduce} that binds one index variable.
 * {@code sum(p.length, i -> square(p[i] - y[i]))} reads
 *
 * <pre>{@code
 * Reduce(SUM, #1 < |p|, Unary(SQUARE, Binary(SUBTRACT, Load(p, [#1]), Load(y, [#1]))))
 * }</pre>
 *
 * <p>The cotangent of an expression with free indices is again an expression with free indices, so reverse mode needs
 * no rules for shapes. A broadcast is the absence of an index, and its cotangent sums over that index.
 *
 * <p>Only {@link dev.lossforge.processor.ir.Exprs} creates nodes, and it interns them. Expressions that are equal up to
 * the names of bound indices are the same object.
 */
@NullMarked
package dev.lossforge.processor.ir;

import org.jspecify.annotations.NullMarked;
