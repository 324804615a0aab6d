package dev.lossforge.processor.frontend;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Spelling;
import dev.lossforge.processor.frontend.Value.DoubleConstant;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Reads names: variables, constants, and the length of an array. */
final class NameReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    NameReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value identifier(IdentifierTree tree, Environment variables) {
        Element element = frame.source().element(tree);
        if (element != null && variables.has(element)) {
            return variables.get(element).orElseThrow();
        }
        return other(tree, tree.getName().toString(), element, variables);
    }

    /** {@code array.length} or {@code Type.CONSTANT}. */
    Value member(MemberSelectTree tree, Environment variables) {
        Element element = frame.source().element(tree);
        if (element instanceof VariableElement field && isConstant(field)) {
            return constant(tree, field);
        }
        if (tree.getIdentifier().contentEquals("length") && isValue(tree.getExpression())) {
            return length(tree, expressions.read(tree.getExpression(), variables));
        }
        return other(tree, MethodSource.brief(tree), element, variables);
    }

    private Value length(MemberSelectTree tree, Value array) {
        return switch (array) {
            case Vector v -> new Scalar(v.length());
            case Scalar s -> misuse(tree, tree.getExpression(), Message.LENGTH_OF_SCALAR, s);
            case Value.Unreadable u -> u;
            case DoubleConstant c -> frame.reading().unreadable();
            case Value.Body b -> frame.reading().unreadable();
        };
    }

    /** Whether a tree before a dot is a value rather than the name of a class or package. */
    private boolean isValue(Tree tree) {
        Element element = frame.source().element(tree);
        return element == null || !(element.getKind().isClass() || element.getKind() == ElementKind.PACKAGE);
    }

    /** Reports that a scalar is used like an array. */
    Value misuse(Tree tree, ExpressionTree array, Message message, Scalar scalar) {
        Element element = frame.source().element(array);
        String what =
                frame.reading().describe(element).orElse(typeName(scalar.expr().type()));
        return frame.suggest(
                tree,
                message == Message.INDEXED_SCALAR ? Optional.of(MethodSource.brief(array)) : Optional.empty(),
                message,
                MethodSource.brief(array),
                what);
    }

    private static String typeName(Type type) {
        return switch (type) {
            case FLOAT -> "a float";
            case INT -> "an int";
            case BOOLEAN -> "a boolean";
        };
    }

    Value mutation(Tree tree, Tree variable) {
        Element element = frame.source().element(variable);
        boolean field = element != null && element.getKind().isField();
        return frame.report(
                tree, field ? Message.MUTATION_OF_FIELD : Message.MUTATION_OF_LOCAL, MethodSource.brief(variable));
    }

    private Value other(Tree tree, String name, @Nullable Element element, Environment variables) {
        if (element instanceof VariableElement field && field.getKind().isField()) {
            return isConstant(field) ? constant(tree, field) : frame.report(tree, Message.FIELD_NOT_CONSTANT, name);
        }
        if (element instanceof VariableElement) {
            return frame.report(tree, Message.NAME_UNASSIGNED, name);
        }
        return frame.suggest(tree, Spelling.closest(name, variables.names()), Message.NAME_UNKNOWN, name);
    }

    private static boolean isConstant(VariableElement field) {
        return field.getKind() == ElementKind.FIELD
                && field.getModifiers().contains(Modifier.STATIC)
                && field.getModifiers().contains(Modifier.FINAL);
    }

    private Value constant(Tree tree, VariableElement field) {
        return switch (field.getConstantValue()) {
            case Integer i -> new Scalar(frame.exprs().constant((int) i));
            case Float f -> frame.values().constant(f);
            case Double d -> new DoubleConstant(d);
            case Boolean b -> new Scalar(frame.exprs().constant((boolean) b));
            case null -> initializer(tree, field);
            default -> frame.report(tree, Message.TYPE_UNSUPPORTED, field.asType());
        };
    }

    /** A constant that javac does not evaluate, such as {@code (float) Math.sqrt(2)}, is read like a helper. */
    private Value initializer(Tree tree, VariableElement field) {
        Optional<MethodSource> source = frame.reading().trees().source(field);
        if (source.isEmpty() || !(source.get().tree() instanceof VariableTree v) || v.getInitializer() == null) {
            return frame.report(tree, Message.FIELD_NOT_CONSTANT, MethodSource.brief(tree));
        }
        return frame.reading().call(frame.source().at(tree), field, List.of(), () -> {
            Frame inner = new Frame(frame.reading(), source.get());
            Value value = inner.readable(tree, frame)
                    ? new ExpressionReader(inner).read(v.getInitializer(), Environment.EMPTY)
                    : frame.reading().unreadable();
            return value instanceof DoubleConstant ? value : inner.convert(value, field.asType(), v.getInitializer());
        });
    }
}
