package dev.lossforge.processor.frontend;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Spelling;
import dev.lossforge.processor.frontend.Value.Body;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads calls: the vocabulary is expanded, helpers with source are inlined. */
final class CallReader {

    private static final String FORMULAS = "dev.lossforge.dsl.Formulas";
    /** The interface of the lambdas that reductions and helpers take. */
    static final String BODY = "dev.lossforge.dsl.IntToFloat";

    private static final String MATH = "java.lang.Math";

    private static final String FLOAT = "java.lang.Float";

    private static final String PART = "part";
    private static final String WHERE = "where";

    /** The functions of Math that do not compute in double and have the same meaning as those of the vocabulary. */
    private static final Set<String> SHARED_WITH_MATH =
            Set.of("abs(float)", "abs(int)", "max(float,float)", "max(int,int)", "min(float,float)", "min(int,int)");

    private static final Set<String> OUTPUT = Set.of("System.out", "System.err");

    /** Those of Float. */
    private static final Set<String> SHARED_WITH_FLOAT = Set.of("isNaN(float)", "isFinite(float)");

    private final Frame frame;
    private final ExpressionReader expressions;
    private final NameReader names;
    private final PartReader parts;

    CallReader(Frame frame, ExpressionReader expressions, NameReader names) {
        this.frame = frame;
        this.expressions = expressions;
        this.names = names;
        this.parts = new PartReader(frame, expressions);
    }

    Value call(MethodInvocationTree tree, Environment variables) {
        String name = name(tree.getMethodSelect());
        if (!(tree.getMethodSelect() instanceof MemberSelectTree select)) {
            return call(tree, frame.source().names().methods(name), variables);
        }
        Optional<TypeElement> type = names.typeOf(select.getExpression(), variables);
        return type.isPresent()
                ? call(tree, frame.source().names().methods(type.get(), name), variables)
                : ofValue(tree, select, variables);
    }

    private Value call(MethodInvocationTree tree, List<ExecutableElement> candidates, Environment variables) {
        Optional<ExecutableElement> part =
                candidates.stream().filter(m -> isOfFormulas(m, PART)).findFirst();
        if (part.isPresent() && tree.getArguments().size() == 2) {
            return parts.read(tree, part.get(), variables);
        }
        List<Value> arguments = candidates.stream().anyMatch(m -> isOfFormulas(m, WHERE))
                ? choice(tree, variables)
                : read(tree.getArguments(), variables);
        if (candidates.isEmpty()) {
            return unknown(tree);
        }
        Optional<ExecutableElement> method = frame.reading().overloads().choose(candidates, arguments);
        if (method.isEmpty()) {
            return refuse(tree, candidates, arguments);
        }
        return switch (owner(method.get())) {
            case FORMULAS -> vocabulary(tree, method.get(), arguments);
            case MATH -> math(tree, method.get(), arguments);
            case FLOAT ->
                SHARED_WITH_FLOAT.contains(signature(method.get()))
                        ? vocabulary(tree, method.get(), arguments)
                        : helper(tree, method.get(), arguments);
            default -> helper(tree, method.get(), arguments);
        };
    }

    private List<Value> read(List<? extends ExpressionTree> arguments, Environment variables) {
        return arguments.stream().map(a -> expressions.read(a, variables)).toList();
    }

    /** Reads the arguments of {@code where}; its condition selects one of the other two. */
    private List<Value> choice(MethodInvocationTree tree, Environment variables) {
        List<? extends ExpressionTree> arguments = tree.getArguments();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ExpressionTree argument = arguments.get(i);
            values.add(
                    i > 0 && values.getFirst() instanceof Scalar(Expr condition) && condition.type() == Type.BOOLEAN
                            ? frame.reading()
                                    .parts()
                                    .under(condition, i == 1, () -> expressions.read(argument, variables))
                            : expressions.read(argument, variables));
        }
        return values;
    }

    private static boolean isOfFormulas(ExecutableElement method, String name) {
        return method.getSimpleName().contentEquals(name) && owner(method).equals(FORMULAS);
    }

    private Value unknown(MethodInvocationTree tree) {
        String name = name(tree.getMethodSelect());
        Set<String> likely = new HashSet<>(frame.reading().vocabulary().names());
        likely.add(PART);
        if (likely.contains(name)) {
            return frame.reading().importMissing(frame.source().at(tree.getMethodSelect()), name);
        }
        likely.addAll(frame.source().siblings(Tree.Kind.METHOD));
        return frame.suggest(tree.getMethodSelect(), Spelling.closest(name, likely), Message.CALL_UNKNOWN, name);
    }

    /** Reports that no method of this name accepts the arguments, unless an argument itself is wrong. */
    private Value refuse(MethodInvocationTree tree, List<ExecutableElement> candidates, List<Value> arguments) {
        if (arguments.stream().anyMatch(a -> a instanceof Value.Unreadable)) {
            return frame.reading().unreadable();
        }
        String signatures = candidates.stream()
                .map(m -> signature(m).replace("int,IntToFloat", "n, i -> …").replaceAll(",(?! )", ", "))
                .sorted()
                .collect(Collectors.joining(" or "));
        boolean lambda = arguments.stream().anyMatch(a -> a instanceof Body);
        boolean array = arguments.stream().anyMatch(a -> a instanceof Vector);
        String advice = signatures
                + (lambda && !signatures.contains("->") ? "; vector(n, i -> …) makes an array of a lambda" : "")
                + (array && !signatures.contains("[]")
                        ? "; for each entry of an array, write vector(n, i -> %s(a[i]))"
                                .formatted(name(tree.getMethodSelect()))
                        : "");
        return frame.report(tree.getMethodSelect(), Message.CALL_ARGUMENTS, name(tree.getMethodSelect()), advice);
    }

    private static String name(ExpressionTree select) {
        return switch (select) {
            case IdentifierTree t -> t.getName().toString();
            case MemberSelectTree t -> t.getIdentifier().toString();
            default -> MethodSource.brief(select);
        };
    }

    private Value vocabulary(MethodInvocationTree tree, ExecutableElement method, List<Value> arguments) {
        return frame.reading()
                .vocabulary()
                .function(signature(method))
                .map(function -> convert(tree, method, arguments).map(function).orElseGet(frame.reading()::unreadable))
                .orElseGet(() -> frame.report(tree, Message.CALL_WITHOUT_SOURCE, method.getSimpleName()));
    }

    /** The arguments converted to the parameters' types; empty if one is unreadable. */
    private Optional<List<Value>> convert(MethodInvocationTree tree, ExecutableElement method, List<Value> arguments) {
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(frame.convert(
                    arguments.get(i),
                    method.getParameters().get(i).asType(),
                    tree.getArguments().get(i)));
        }
        boolean readable = converted.stream().noneMatch(a -> a instanceof Value.Unreadable);
        return readable ? Optional.of(converted) : Optional.empty();
    }

    /** {@code body.apply(i)} of a lambda passed to a helper. In a formula, no other value has methods. */
    private Value ofValue(MethodInvocationTree tree, MemberSelectTree select, Environment variables) {
        ExpressionTree receiver = select.getExpression();
        if (OUTPUT.contains(MethodSource.brief(receiver))) {
            return frame.report(tree, Message.CALL_OF_OUTPUT);
        }
        boolean named = receiver instanceof IdentifierTree || receiver instanceof MemberSelectTree;
        if (named && !names.isKnownValue(receiver, variables)) {
            tree.getArguments().forEach(a -> expressions.read(a, variables));
            return unknown(tree);
        }
        Value value =
                named ? expressions.read(receiver, variables) : frame.reading().unreadable();
        if (!(value instanceof Body(Function<Expr, Value> body))
                || tree.getArguments().size() != 1) {
            return ofNumbers(tree, select, value);
        }
        ExpressionTree argument = tree.getArguments().getFirst();
        return frame.scalar(expressions.read(argument, variables), Type.INT, argument)
                .map(body)
                .orElseGet(frame.reading()::unreadable);
    }

    /** Reports a method of a number or an array, which have none, or of an object. */
    private Value ofNumbers(MethodInvocationTree tree, MemberSelectTree select, Value receiver) {
        if (!(receiver instanceof Scalar) && !(receiver instanceof Vector)) {
            return frame.report(tree, Message.CALL_OF_INSTANCE, select.getIdentifier());
        }
        String name = MethodSource.brief(select.getExpression());
        boolean length = receiver instanceof Vector
                && (select.getIdentifier().contentEquals("length")
                        || select.getIdentifier().contentEquals("size"));
        return frame.suggest(
                tree, length ? Optional.of(name + ".length") : Optional.empty(), Message.CALL_ON_VALUE, name);
    }

    /** A function of Math: on constants it is evaluated, as users expect of {@code (float) Math.sqrt(2)}. */
    private Value math(MethodInvocationTree tree, ExecutableElement method, List<Value> arguments) {
        if (SHARED_WITH_MATH.contains(signature(method))) {
            return vocabulary(tree, method, arguments);
        }
        List<OptionalDouble> constants =
                arguments.stream().map(Values::constantOf).toList();
        String name = method.getSimpleName().toString();
        if (constants.stream().allMatch(OptionalDouble::isPresent)) {
            OptionalDouble result = MathFunctions.apply(
                    name,
                    constants.stream().mapToDouble(OptionalDouble::getAsDouble).toArray());
            if (result.isPresent()) {
                return new Value.DoubleConstant(result.getAsDouble());
            }
        }
        if (name.equals("random")) {
            return frame.report(tree, Message.CALL_OF_RANDOM);
        }
        Set<String> functions = frame.reading().vocabulary().names();
        String instead = name.equals("signum") ? "sign" : name.equals("rint") ? "round" : name;
        String advice = functions.contains(instead)
                ? "%s(…) of dev.lossforge.dsl.Formulas".formatted(instead)
                : "it with the functions of Formulas";
        return frame.report(tree, Message.CALL_OF_MATH, name, advice);
    }

    private Value helper(MethodInvocationTree tree, ExecutableElement method, List<Value> arguments) {
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
        return convert(tree, method, arguments)
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
            if (!inner.readable()) {
                return frame.reading().unreadable();
            }
            Environment parameters = Environment.EMPTY;
            for (int i = 0; i < arguments.size(); i++) {
                VariableElement parameter = method.getParameters().get(i);
                Local variable = new Local(parameter.getSimpleName(), Optional.of(parameter.asType()));
                parameters = parameters.with(variable, arguments.get(i));
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
