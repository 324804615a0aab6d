package dev.lossforge.processor.frontend;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Reads {@code part("name", x)}: its value is x, which the formula then reports under that name. */
final class PartReader {

    /** A name that can be a column of a table, a member in JSON and a method in Java. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private final Frame frame;
    private final ExpressionReader expressions;

    PartReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    /** Reads a call with two arguments. */
    Value read(MethodInvocationTree tree, ExecutableElement method, Environment variables) {
        ExpressionTree nameTree = tree.getArguments().getFirst();
        ExpressionTree markedTree = tree.getArguments().getLast();
        Optional<String> name = name(nameTree, variables);
        Value value = frame.convert(
                expressions.read(markedTree, variables),
                method.getParameters().getLast().asType(),
                markedTree);
        if (name.isEmpty() || !(value instanceof Scalar(Expr marked))) {
            return frame.reading().unreadable();
        }
        return mark(tree, nameTree, name.get(), marked);
    }

    private Value mark(MethodInvocationTree tree, ExpressionTree nameTree, String name, Expr marked) {
        Parts parts = frame.reading().parts();
        if (parts.isInLambda()) {
            return frame.report(tree, Message.PART_IN_LAMBDA, name);
        }
        if (parts.isTaken(name)) {
            return frame.report(nameTree, Message.PART_NAME_TAKEN, name);
        }
        if (!dependsOnInputs(marked)) {
            frame.reading().warn(frame.source().at(tree), Message.PART_CONSTANT, name);
        }
        parts.mark(name, marked);
        return new Scalar(marked);
    }

    private Optional<String> name(ExpressionTree tree, Environment variables) {
        Optional<String> text = text(tree, variables);
        if (text.isEmpty()) {
            frame.report(tree, Message.PART_NAME_NOT_CONSTANT, MethodSource.brief(tree));
        } else if (!NAME.matcher(text.get()).matches()) {
            frame.report(tree, Message.PART_NAME_INVALID, text.get());
        }
        return text.filter(t -> NAME.matcher(t).matches());
    }

    /** The string of a constant; empty if the expression is not one. */
    private Optional<String> text(ExpressionTree tree, Environment variables) {
        return switch (tree) {
            case LiteralTree t -> string(t.getValue());
            case ParenthesizedTree t -> text(t.getExpression(), variables);
            case BinaryTree t
            when t.getKind() == Tree.Kind.PLUS ->
                text(t.getLeftOperand(), variables)
                        .flatMap(left -> text(t.getRightOperand(), variables).map(left::concat));
            case IdentifierTree t when variables.variable(t.getName()).isEmpty() -> constant(t);
            case MemberSelectTree t -> constant(t);
            default -> Optional.empty();
        };
    }

    private Optional<String> constant(ExpressionTree tree) {
        return frame.source().names().field(tree).flatMap(field -> string(field.getConstantValue()));
    }

    private static Optional<String> string(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static boolean dependsOnInputs(Expr root) {
        return dependsOnInputs(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean dependsOnInputs(Expr node, Set<Expr> seen) {
        return node instanceof Expr.Load
                || node instanceof Expr.Extent
                || seen.add(node) && Exprs.operands(node).stream().anyMatch(o -> dependsOnInputs(o, seen));
    }
}
