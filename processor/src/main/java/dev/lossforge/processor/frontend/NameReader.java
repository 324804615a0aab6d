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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Reads names: variables, constants, and the length of an array. */
final class NameReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    NameReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value identifier(IdentifierTree tree, Environment variables) {
        Optional<Local> variable = variables.variable(tree.getName());
        return variable.isPresent()
                ? variables.get(variable.get()).orElseGet(() -> unassigned(tree))
                : field(tree, variables);
    }

    private Value unassigned(IdentifierTree tree) {
        return frame.report(tree, Message.NAME_UNASSIGNED, tree.getName());
    }

    /** {@code array.length} or {@code Type.CONSTANT}. */
    Value member(MemberSelectTree tree, Environment variables) {
        return tree.getIdentifier().contentEquals("length") && isKnownValue(tree.getExpression(), variables)
                ? length(tree, expressions.read(tree.getExpression(), variables), variables)
                : field(tree, variables);
    }

    /** Whether a tree before a dot is a value whose name, if it has one, is known. */
    boolean isKnownValue(ExpressionTree tree, Environment variables) {
        return switch (tree) {
            case IdentifierTree t -> isVariable(t, variables);
            case MemberSelectTree t ->
                typeOf(t, variables).isEmpty() && names().field(t).isPresent();
            default -> true;
        };
    }

    /** The class that a tree before a dot names; empty if it is a value or unknown. */
    Optional<TypeElement> typeOf(ExpressionTree tree, Environment variables) {
        ExpressionTree first = tree;
        while (first instanceof MemberSelectTree select) {
            first = select.getExpression();
        }
        return first instanceof IdentifierTree name && isVariable(name, variables)
                ? Optional.empty()
                : names().namedType(tree);
    }

    private boolean isVariable(IdentifierTree tree, Environment variables) {
        return variables.variable(tree.getName()).isPresent()
                || names().field(tree).isPresent();
    }

    private ClassNames names() {
        return frame.source().names();
    }

    private Value length(MemberSelectTree tree, Value array, Environment variables) {
        return switch (array) {
            case Vector v -> new Scalar(v.length());
            case Scalar s -> misuse(tree, tree.getExpression(), Message.LENGTH_OF_SCALAR, s, variables);
            case Value.Unreadable u -> u;
            case DoubleConstant c -> frame.reading().unreadable();
            case Value.Body b -> frame.reading().unreadable();
            case Value.Step s -> frame.reading().unreadable();
        };
    }

    /** Reports that a scalar is used like an array. */
    Value misuse(Tree tree, ExpressionTree array, Message message, Scalar scalar, Environment variables) {
        Optional<Local> variable =
                array instanceof IdentifierTree name ? variables.variable(name.getName()) : Optional.empty();
        String what = variable.flatMap(frame.reading()::describe)
                .orElse(typeName(scalar.expr().type()));
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

    Value mutation(Tree tree, ExpressionTree variable, Environment variables) {
        boolean local = variable instanceof IdentifierTree name
                && variables.variable(name.getName()).isPresent();
        boolean field = !local && names().field(variable).isPresent();
        return frame.report(
                tree, field ? Message.MUTATION_OF_FIELD : Message.MUTATION_OF_LOCAL, MethodSource.brief(variable));
    }

    private Value field(ExpressionTree tree, Environment variables) {
        Optional<VariableElement> field = names().field(tree);
        if (field.isEmpty() && MethodSource.brief(tree).startsWith("this.")) {
            return frame.report(tree, Message.FIELD_NOT_CONSTANT, MethodSource.brief(tree));
        }
        if (field.isEmpty()) {
            return frame.suggest(tree, likelyName(tree, variables), Message.NAME_UNKNOWN, MethodSource.brief(tree));
        }
        return isConstant(field.get())
                ? constant(tree, field.get())
                : frame.report(tree, Message.FIELD_NOT_CONSTANT, MethodSource.brief(tree));
    }

    /** A variable, a constant of the class, or the length of an array that was probably meant. */
    private Optional<String> likelyName(ExpressionTree tree, Environment variables) {
        if (tree instanceof MemberSelectTree member) {
            String array = MethodSource.brief(member.getExpression());
            return isKnownValue(member.getExpression(), variables)
                    ? Spelling.closest(member.getIdentifier().toString(), Set.of("length"))
                            .map(length -> array + "." + length)
                    : Optional.empty();
        }
        Set<String> names = new HashSet<>(variables.names());
        names.addAll(frame.source().siblings(Tree.Kind.VARIABLE));
        return Spelling.closest(MethodSource.brief(tree), names);
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
            Value value = inner.readable()
                    ? new ExpressionReader(inner)
                            .initializer(v.getInitializer(), Optional.of(field.asType()), Environment.EMPTY)
                    : frame.reading().unreadable();
            return value instanceof DoubleConstant ? value : inner.convert(value, field.asType(), v.getInitializer());
        });
    }
}
