package dev.lossforge.processor.frontend;

import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;

/** Warns of {@code 1 / 2 * x}: a quotient of ints that is rounded, and only then becomes a float. */
final class IntDivision {

    private IntDivision() {}

    /** Warns if an expression that becomes a float is written as such a quotient. */
    static void warn(Frame frame, Expr expr, Tree tree) {
        Tree written = tree instanceof ParenthesizedTree p ? p.getExpression() : tree;
        if (written.getKind() == Tree.Kind.DIVIDE && expr.type() == Type.INT && !isExact(expr)) {
            frame.reading().warn(frame.source().at(written), Message.INT_DIVISION);
        }
    }

    private static boolean isExact(Expr expr) {
        return expr instanceof Expr.IntConstant
                || expr instanceof Expr.Binary b
                        && b.op() == BinaryOp.DIVIDE
                        && b.left() instanceof Expr.IntConstant n
                        && b.right() instanceof Expr.IntConstant d
                        && d.value() != 0
                        && n.value() % d.value() == 0;
    }
}
