package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.loop.Softmaxes.Softmax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A derivative that is a multiple of a softmax, but for a few entries: {@code factor · softmax + Σ corrections}. That
 * is what the gradients of most classification losses look like, and it needs no block of its own.
 *
 * @param factor the same in all lanes
 */
record SoftmaxMultiple(Softmax softmax, Term factor, List<Correction> corrections) {

    /** What is added in one lane. */
    record Correction(OneHot oneHot, Term value) {}

    /** Looks at the expressions of one program. */
    record Search(LaneExpressions expressions, ScalarCode scalars, Function<Expr, Optional<Softmax>> softmaxOf) {

        /** What a multiple of an expression is, if it is that. */
        Optional<SoftmaxMultiple> of(Expr node, Term factor) {
            Optional<Softmax> softmax = expressions.isUniform(node) ? Optional.empty() : softmaxOf.apply(node);
            if (softmax.isPresent()) {
                return Optional.of(new SoftmaxMultiple(softmax.get(), factor, List.of()));
            }
            return switch (node) {
                case Expr.Unary u when u.op() == UnaryOp.NEGATE -> of(u.operand(), negative(factor));
                case Expr.Binary b when b.op() == BinaryOp.MULTIPLY -> ofProduct(b, factor);
                case Expr.Binary b
                when b.op() == BinaryOp.ADD ->
                    ofSum(b.left(), factor, b.right(), factor).or(() -> ofSum(b.right(), factor, b.left(), factor));
                case Expr.Binary b
                when b.op() == BinaryOp.SUBTRACT ->
                    ofSum(b.left(), factor, b.right(), negative(factor))
                            .or(() -> ofSum(b.right(), negative(factor), b.left(), factor));
                default -> Optional.empty();
            };
        }

        private Optional<SoftmaxMultiple> ofProduct(Expr.Binary product, Term factor) {
            if (expressions.isUniform(product.left())) {
                return of(product.right(), times(factor, scalars.of(product.left())));
            }
            return expressions.isUniform(product.right())
                    ? of(product.left(), times(factor, scalars.of(product.right())))
                    : Optional.empty();
        }

        private Optional<SoftmaxMultiple> ofSum(Expr multiple, Term factor, Expr one, Term oneFactor) {
            return OneHot.of(one, expressions::isUniform)
                    .flatMap(oneHot -> of(multiple, factor)
                            .map(m -> m.plus(oneHot, times(scalars.of(oneHot.value()), oneFactor))));
        }

        private static Term negative(Term factor) {
            return Operations.unary(UnaryOp.NEGATE, factor);
        }

        private static Term times(Term a, Term b) {
            return Operations.binary(BinaryOp.MULTIPLY, a, b);
        }
    }

    private SoftmaxMultiple plus(OneHot oneHot, Term value) {
        List<Correction> all = new ArrayList<>(corrections);
        all.add(new Correction(oneHot, value));
        return new SoftmaxMultiple(softmax, factor, all);
    }
}
