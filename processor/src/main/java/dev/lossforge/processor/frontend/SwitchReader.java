package dev.lossforge.processor.frontend;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Part.Guard;
import dev.lossforge.processor.ir.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads switch expressions on ints, their cases expressions or blocks that yield, as chains of choices. */
final class SwitchReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    SwitchReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value read(SwitchExpressionTree tree, Environment variables) {
        Optional<Expr> selector = frame.scalar(expressions.read(tree.getExpression(), variables), tree.getExpression());
        if (selector.isEmpty()
                || selector.get().type() != Type.INT
                || !tree.getCases().stream().allMatch(SwitchReader::isSimple)) {
            return selector.isEmpty() ? frame.reading().unreadable() : unsupported(tree);
        }
        List<? extends CaseTree> cases = tree.getCases();
        Optional<? extends CaseTree> otherwise =
                cases.stream().filter(SwitchReader::isDefault).findFirst();
        if (otherwise.isEmpty()) {
            return unsupported(tree);
        }
        return choose(cases, otherwise.get(), selector.get(), variables);
    }

    private Value choose(List<? extends CaseTree> cases, CaseTree otherwise, Expr selector, Environment variables) {
        Map<CaseTree, Expr> matches = new LinkedHashMap<>();
        cases.stream().filter(c -> c != otherwise).forEach(c -> matches.put(c, matches(c, selector, variables)));
        Parts parts = frame.reading().parts();
        List<Guard> none =
                matches.values().stream().map(m -> new Guard(m, false)).toList();
        Value value = parts.under(none, () -> body(otherwise, variables));
        for (Map.Entry<CaseTree, Expr> c : List.copyOf(matches.entrySet()).reversed()) {
            Value here = parts.under(c.getValue(), true, () -> body(c.getKey(), variables));
            value = frame.values().select(c.getValue(), here, value);
        }
        return value;
    }

    private Value unsupported(Tree tree) {
        return frame.report(
                tree,
                Message.EXPRESSION_UNSUPPORTED,
                "switch of this kind",
                "Switch on an int, with 'case 1 -> expression' or 'case 1 -> { … yield expression; }' and a default.");
    }

    private static boolean isSimple(CaseTree tree) {
        return tree.getCaseKind() == CaseTree.CaseKind.RULE
                && (tree.getBody() instanceof ExpressionTree || tree.getBody() instanceof BlockTree)
                && tree.getGuard() == null;
    }

    private static boolean isDefault(CaseTree tree) {
        return tree.getExpressions().isEmpty();
    }

    private Value body(CaseTree tree, Environment variables) {
        return tree.getBody() instanceof BlockTree block
                ? new StatementReader(frame, expressions).switchBody(block, variables)
                : expressions.read(tree.getBody(), variables);
    }

    private Expr matches(CaseTree tree, Expr selector, Environment variables) {
        return tree.getExpressions().stream()
                .map(label -> matches(label, selector, variables))
                .reduce((a, b) -> frame.exprs().binary(BinaryOp.OR, a, b))
                .orElseThrow();
    }

    private Expr matches(ExpressionTree label, Expr selector, Environment variables) {
        return frame.scalar(expressions.read(label, variables), Type.INT, label)
                .map(value -> frame.exprs().compare(Comparison.EQUAL, selector, value))
                .orElseGet(() -> frame.exprs().constant(false));
    }
}
