package dev.lossforge.processor.frontend;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Spelling;
import dev.lossforge.processor.frontend.Value.Body;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads calls: the vocabulary is expanded, helpers with source are inlined. */
final class CallReader {

    private static final String FORMULAS = "dev.lossforge.dsl.Formulas";
    private static final String BODY = "dev.lossforge.dsl.IntToFloat";
    private static final String MATH = "java.lang.Math";

    /** The functions of Math that do not compute in double, and mean what those of the vocabulary mean. */
    private static final Set<String> SHARED_WITH_MATH =
            Set.of("abs(float)", "abs(int)", "max(float,float)", "max(int,int)", "min(float,float)", "min(int,int)");

    private final Frame frame;
    private final ExpressionReader expressions;

    CallReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value call(MethodInvocationTree tree, Environment variables) {
        Element element = frame.source().element(tree.getMethodSelect());
        if (!(element instanceof ExecutableElement method)) {
            return unknown(tree, variables);
        }
        return switch (owner(method)) {
            case FORMULAS -> vocabulary(tree, method, variables);
            case BODY -> body(tree, variables);
            case MATH -> math(tree, method, variables);
            default -> helper(tree, method, variables);
        };
    }

    private Value unknown(MethodInvocationTree tree, Environment variables) {
        tree.getArguments().forEach(a -> expressions.read(a, variables));
        String name = name(tree.getMethodSelect());
        Optional<String> suggestion =
                Spelling.closest(name, frame.reading().vocabulary().names());
        return frame.suggest(tree.getMethodSelect(), suggestion, Message.CALL_UNKNOWN, name);
    }

    private static String name(ExpressionTree select) {
        return switch (select) {
            case IdentifierTree t -> t.getName().toString();
            case MemberSelectTree t -> t.getIdentifier().toString();
            default -> MethodSource.brief(select);
        };
    }

    private Value vocabulary(MethodInvocationTree tree, ExecutableElement method, Environment variables) {
        Optional<Function<List<Value>, Value>> function =
                frame.reading().vocabulary().function(signature(method));
        if (function.isEmpty()) {
            return frame.report(tree, Message.CALL_WITHOUT_SOURCE, method.getSimpleName());
        }
        return arguments(tree, method, variables).map(function.get()).orElseGet(frame.reading()::unreadable);
    }

    /** The converted arguments; empty if one is unreadable. */
    private Optional<List<Value>> arguments(
            MethodInvocationTree tree, ExecutableElement method, Environment variables) {
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < tree.getArguments().size(); i++) {
            ExpressionTree argument = tree.getArguments().get(i);
            Value value = expressions.read(argument, variables);
            boolean declared = i < method.getParameters().size();
            arguments.add(
                    declared
                            ? frame.convert(value, method.getParameters().get(i).asType(), argument)
                            : value);
        }
        boolean readable = arguments.stream().noneMatch(a -> a instanceof Value.Unreadable)
                && arguments.size() == method.getParameters().size();
        return readable ? Optional.of(arguments) : Optional.empty();
    }

    /** {@code body.apply(i)} of a lambda that a helper was given. */
    private Value body(MethodInvocationTree tree, Environment variables) {
        if (tree.getMethodSelect() instanceof MemberSelectTree select
                && expressions.read(select.getExpression(), variables) instanceof Body(Function<Expr, Value> body)
                && tree.getArguments().size() == 1) {
            ExpressionTree argument = tree.getArguments().getFirst();
            return frame.scalar(expressions.read(argument, variables), Type.INT, argument)
                    .map(body)
                    .orElseGet(frame.reading()::unreadable);
        }
        return frame.reading().unreadable();
    }

    /** A function of Math: on constants it is evaluated, as javac's user expects of {@code (float) Math.sqrt(2)}. */
    private Value math(MethodInvocationTree tree, ExecutableElement method, Environment variables) {
        if (SHARED_WITH_MATH.contains(signature(method))) {
            return vocabulary(tree, method, variables);
        }
        List<OptionalDouble> constants = tree.getArguments().stream()
                .map(a -> Values.constantOf(expressions.read(a, variables)))
                .toList();
        String name = method.getSimpleName().toString();
        if (constants.stream().allMatch(OptionalDouble::isPresent)) {
            OptionalDouble result = MathFunctions.apply(
                    name,
                    constants.stream().mapToDouble(OptionalDouble::getAsDouble).toArray());
            if (result.isPresent()) {
                return new Value.DoubleConstant(result.getAsDouble());
            }
        }
        Set<String> names = frame.reading().vocabulary().names();
        String instead = name.equals("signum") ? "sign" : name.equals("rint") ? "round" : name;
        String advice = names.contains(instead)
                ? "%s(…) of dev.lossforge.dsl.Formulas".formatted(instead)
                : "it with the functions of Formulas";
        return frame.report(tree, Message.CALL_OF_MATH, name, advice);
    }

    private Value helper(MethodInvocationTree tree, ExecutableElement method, Environment variables) {
        Optional<List<Value>> arguments = arguments(tree, method, variables);
        if (!method.getModifiers().contains(Modifier.STATIC)) {
            return frame.report(tree, Message.CALL_OF_INSTANCE, method.getSimpleName());
        }
        if (method.getReturnType().getKind() == TypeKind.VOID) {
            return frame.report(tree, Message.CALL_OF_VOID, method.getSimpleName());
        }
        Optional<MethodSource> source = frame.reading().trees().source(method);
        if (source.isEmpty() || !(source.get().tree() instanceof MethodTree m) || m.getBody() == null) {
            return frame.report(tree, Message.CALL_WITHOUT_SOURCE, method.getSimpleName());
        }
        return arguments
                .map(a -> inline(tree, method, a, source.get(), m.getBody()))
                .orElseGet(frame.reading()::unreadable);
    }

    private Value inline(
            MethodInvocationTree tree,
            ExecutableElement method,
            List<Value> arguments,
            MethodSource source,
            BlockTree body) {
        return frame.reading().call(frame.source().at(tree), method, arguments, () -> {
            Frame inner = new Frame(frame.reading(), source);
            if (!inner.readable(tree, frame)) {
                return frame.reading().unreadable();
            }
            Environment parameters = Environment.EMPTY;
            for (int i = 0; i < arguments.size(); i++) {
                parameters = parameters.with(method.getParameters().get(i), arguments.get(i));
            }
            return new StatementReader(inner, new ExpressionReader(inner)).methodBody(method, body, parameters);
        });
    }

    private static String owner(ExecutableElement method) {
        return method.getEnclosingElement() instanceof TypeElement type
                ? type.getQualifiedName().toString()
                : "";
    }

    /** Name and parameter types, these by their simple names. */
    private static String signature(ExecutableElement method) {
        return method.getParameters().stream()
                .map(VariableElement::asType)
                .map(TypeMirror::toString)
                .map(t -> t.substring(t.lastIndexOf('.') + 1))
                .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
    }
}
