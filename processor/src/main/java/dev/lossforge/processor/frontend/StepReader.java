package dev.lossforge.processor.frontend;

import com.sun.source.tree.LambdaExpressionTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Type;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the lambda of a scan, {@code (i, state) -> next}: the next state is of the type and length of the one before.
 */
final class StepReader {

    /** The interfaces of such lambdas. */
    static final Set<String> TYPES = Set.of("dev.lossforge.dsl.FloatStep", "dev.lossforge.dsl.VectorStep");

    private final Frame frame;
    private final ExpressionReader expressions;

    StepReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value read(LambdaExpressionTree tree, Environment variables) {
        Local index = new Local(tree.getParameters().get(0).getName(), Optional.empty());
        Local state = new Local(tree.getParameters().get(1).getName(), Optional.empty());
        return new Value.Step(frame.reading()
                .here((Expr step, Value before) -> next(
                        tree,
                        expressions.body(
                                tree, variables.with(index, new Scalar(step)).with(state, before)),
                        before)));
    }

    private Value next(LambdaExpressionTree tree, Value after, Value before) {
        if (!(before instanceof Vector state)) {
            return frame.scalar(after, tree.getBody())
                    .map(e -> frame.values().convert(new Scalar(e), Type.FLOAT))
                    .orElseGet(frame.reading()::unreadable);
        }
        if (!(after instanceof Vector next) || next.rank() != 1 || next.elementType() != Type.FLOAT) {
            return frame.reading().unreadable();
        }
        return next.length() == state.length()
                ? next
                : frame.report(
                        tree.getBody(), Message.STATE_LENGTH, ExprText.of(next.length()), ExprText.of(state.length()));
    }
}
