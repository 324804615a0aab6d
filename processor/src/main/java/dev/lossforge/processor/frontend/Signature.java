package dev.lossforge.processor.frontend;

import dev.lossforge.processor.ir.Formula.Kind;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Scope;
import java.util.List;

/**
 * The head of a formula method.
 *
 * @param className the simple name of the class to generate
 */
record Signature(Kind kind, String className, boolean diagonalHessian, Scope scope, List<Input> inputs) {}
