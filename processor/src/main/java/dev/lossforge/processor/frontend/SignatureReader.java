package dev.lossforge.processor.frontend;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.ir.Formula.Kind;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;

/** Reads the head of a formula method: whether it can be a formula, its kind, its inputs, and the class to generate. */
final class SignatureReader {

    private final Frame frame;
    private final Markers markers;

    SignatureReader(Frame frame, Markers markers) {
        this.frame = frame;
        this.markers = markers;
    }

    /** The signature; empty if it has errors. All errors are reported. */
    Optional<Signature> read(ExecutableElement method) {
        Kind kind = Markers.find(method, marker(Kind.LOSS)).isPresent() ? Kind.LOSS : Kind.REGULARIZER;
        boolean sound = isStaticAndAccessible(method) && isPlain(method) && hasOneKind(method);
        List<Input> inputs = inputs(method, kind);
        Optional<Scope> scope =
                inputs.size() == method.getParameters().size() ? scope(method, kind, inputs) : Optional.empty();
        Optional<String> className = className(method, kind);
        if (!sound || scope.isEmpty() || className.isEmpty()) {
            return Optional.empty();
        }
        boolean hessian = Markers.find(method, marker(kind))
                .filter(m -> markers.text(m, "hessian").equals("DIAGONAL"))
                .isPresent();
        return Optional.of(new Signature(kind, className.get(), hessian, scope.get(), inputs));
    }

    static String marker(Kind kind) {
        return switch (kind) {
            case LOSS -> "Loss";
            case REGULARIZER -> "Regularizer";
        };
    }

    private boolean isStaticAndAccessible(ExecutableElement method) {
        if (method.getModifiers().contains(Modifier.PRIVATE)) {
            return refuse(Message.METHOD_PRIVATE, method.getSimpleName());
        }
        for (Element e = method.getEnclosingElement(); e != null; e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) {
                return refuse(Message.METHOD_OF_PRIVATE_CLASS, method.getSimpleName(), e.getSimpleName());
            }
        }
        return method.getModifiers().contains(Modifier.STATIC)
                || refuse(Message.METHOD_OF_INSTANCE, method.getSimpleName());
    }

    private boolean isPlain(ExecutableElement method) {
        if (!method.getTypeParameters().isEmpty()) {
            return refuse(Message.METHOD_GENERIC, method.getSimpleName());
        }
        if (method.isVarArgs()) {
            return refuse(Message.METHOD_VARIABLE_ARITY, method.getSimpleName());
        }
        if (!method.getThrownTypes().isEmpty()) {
            String thrown = method.getThrownTypes().stream()
                    .map(t -> ((DeclaredType) t).asElement().getSimpleName())
                    .collect(Collectors.joining(", "));
            return refuse(Message.METHOD_THROWS, method.getSimpleName(), thrown);
        }
        if (method.getReturnType().getKind() != TypeKind.FLOAT) {
            return refuse(Message.METHOD_RESULT, method.getSimpleName(), method.getReturnType());
        }
        return ((MethodTree) frame.source().tree()).getBody() != null
                || refuse(Message.METHOD_WITHOUT_BODY, method.getSimpleName());
    }

    private boolean hasOneKind(ExecutableElement method) {
        boolean both = Markers.find(method, marker(Kind.LOSS)).isPresent()
                && Markers.find(method, marker(Kind.REGULARIZER)).isPresent();
        return !both || refuse(Message.METHOD_OF_TWO_KINDS, method.getSimpleName());
    }

    private List<Input> inputs(ExecutableElement method, Kind kind) {
        ParameterReader reader = new ParameterReader(frame, markers, kind);
        List<Input> inputs = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            reader.read(parameter, method.getParameters().indexOf(parameter)).ifPresent(inputs::add);
        }
        return inputs;
    }

    /** The common rank of all predictions or weights; targets have at most that rank. */
    private Optional<Scope> scope(ExecutableElement method, Kind kind, List<Input> inputs) {
        Role leading = ParameterReader.roles(kind).getFirst();
        List<Input> leaders = inputs.stream().filter(i -> i.role() == leading).toList();
        if (leaders.isEmpty()) {
            refuse(Message.PREDICTION_MISSING, method.getSimpleName(), Markers.name(leading));
            return Optional.empty();
        }
        Input first = leaders.getFirst();
        boolean sound = true;
        for (Input input : inputs) {
            sound &= input.role() != leading || input.rank() == first.rank() || refuseMixed(first, input);
            sound &= input.role() != Role.TARGET || input.rank() <= first.rank() || refuseAbove(first, input);
        }
        return sound ? scope(method, kind, first) : Optional.empty();
    }

    private Optional<Scope> scope(ExecutableElement method, Kind kind, Input first) {
        boolean stated = Markers.find(method, marker(kind))
                .filter(m -> markers.text(m, "scope").equals("SAMPLE"))
                .isPresent();
        if (stated && first.rank() == 0) {
            MethodTree tree = (MethodTree) frame.source().tree();
            frame.report(
                    Markers.tree(tree, tree.getModifiers(), marker(kind), "scope"),
                    Message.SAMPLE_WITHOUT_AXES,
                    method.getSimpleName(),
                    first.name());
            return Optional.empty();
        }
        return Optional.of(stated ? Scope.SAMPLE : Scope.ofRank(first.rank()));
    }

    private boolean refuseMixed(Input first, Input input) {
        frame.report(declaration(input), Message.RANKS_MIXED, first.name(), type(first), input.name(), type(input));
        return false;
    }

    private boolean refuseAbove(Input first, Input input) {
        String unit = Scope.ofRank(first.rank()).name().toLowerCase(Locale.ROOT);
        frame.report(declaration(input), Message.RANK_ABOVE_SCOPE, input.name(), type(input), unit, type(first));
        return false;
    }

    private Tree declaration(Input input) {
        return ((MethodTree) frame.source().tree()).getParameters().get(input.position());
    }

    static String type(Input input) {
        return input.type().name().toLowerCase(Locale.ROOT) + "[]".repeat(input.rank());
    }

    /** The given name, or the method's name in title case with the kind as its last word. */
    private Optional<String> className(ExecutableElement method, Kind kind) {
        Optional<? extends AnnotationMirror> annotation = Markers.find(method, marker(kind));
        String given = annotation.map(a -> markers.text(a, "name")).orElse("");
        String name = given.isEmpty() ? derived(method.getSimpleName().toString(), marker(kind)) : given;
        if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            MethodTree tree = (MethodTree) frame.source().tree();
            frame.report(
                    Markers.tree(tree, tree.getModifiers(), marker(kind), "name"), Message.CLASS_NAME_INVALID, name);
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private static String derived(String method, String kind) {
        String title = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
        boolean named = title.endsWith(kind) && !title.equals(kind); // a class Loss would obscure the annotation
        return named ? title : title + kind;
    }

    private boolean refuse(Message message, Object... arguments) {
        frame.report(frame.source().tree(), message, arguments);
        return false;
    }
}
