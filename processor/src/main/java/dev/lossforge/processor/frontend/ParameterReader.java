package dev.lossforge.processor.frontend;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.ir.Formula.Kind;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Reads a parameter of a formula method: its role, its type, and what its annotation declares. */
final class ParameterReader {

    private final Frame frame;
    private final Markers markers;
    private final Kind kind;

    ParameterReader(Frame frame, Markers markers, Kind kind) {
        this.frame = frame;
        this.markers = markers;
        this.kind = kind;
    }

    /** The roles that a parameter of this kind of formula may have. */
    static List<Role> roles(Kind kind) {
        return switch (kind) {
            case LOSS -> List.of(Role.PREDICTION, Role.TARGET, Role.PARAMETER);
            case REGULARIZER -> List.of(Role.WEIGHT, Role.PARAMETER);
        };
    }

    /** The parameter as an input; empty if it has an error, which is then reported. */
    Optional<Input> read(VariableElement parameter, int position) {
        VariableTree tree = ((MethodTree) frame.source().tree()).getParameters().get(position);
        List<Role> marked = Stream.of(Role.values())
                .filter(r -> Markers.find(parameter, Markers.name(r)).isPresent())
                .toList();
        String name = parameter.getSimpleName().toString();
        if (marked.isEmpty()) {
            return refuse(tree, Message.PARAMETER_WITHOUT_ROLE, name, choices());
        }
        if (marked.size() > 1) {
            return refuse(
                    tree,
                    Message.PARAMETER_OF_TWO_ROLES,
                    name,
                    Markers.name(marked.get(0)),
                    Markers.name(marked.get(1)));
        }
        Role role = marked.getFirst();
        if (!roles(kind).contains(role)) {
            String noun = kind == Kind.LOSS ? "loss" : "regulariser";
            return refuse(tree, Message.PARAMETER_OF_WRONG_ROLE, name, Markers.name(role), noun, choices());
        }
        return typed(parameter, position, role, tree);
    }

    private String choices() {
        List<String> names =
                roles(kind).stream().map(r -> "@" + Markers.name(r)).toList();
        return names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " or " + names.getLast();
    }

    private Optional<Input> typed(VariableElement parameter, int position, Role role, VariableTree tree) {
        TypeMirror javaType = parameter.asType();
        Type type = Frame.scalarType(Frame.elementKind(javaType));
        int rank = Frame.rank(javaType);
        String name = parameter.getSimpleName().toString();
        if (type == null || type == Type.BOOLEAN || !allows(role, type, rank)) {
            return refuse(
                    tree.getType(), Message.PARAMETER_TYPE, name, javaType.toString(), Markers.name(role), types(role));
        }
        AnnotationMirror annotation =
                Markers.find(parameter, Markers.name(role)).orElseThrow();
        Input input = new Input(
                position,
                name,
                role,
                type,
                rank,
                Optional.of(markers.number(annotation, "defaultValue", Double.NaN))
                        .filter(d -> !d.isNaN()),
                markers.number(annotation, "min", NEGATIVE_INFINITY),
                markers.number(annotation, "max", POSITIVE_INFINITY),
                markers.flag(annotation, "trainable"));
        frame.reading().positions().declare(input, frame.source().at(tree));
        return isConsistent(input, tree) ? Optional.of(input) : Optional.empty();
    }

    private static boolean allows(Role role, Type type, int rank) {
        return switch (role) {
            case PREDICTION, WEIGHT -> type == Type.FLOAT && rank <= 2;
            case TARGET -> rank <= 2;
            case PARAMETER -> rank == 0 || (rank == 1 && type == Type.FLOAT);
        };
    }

    private static String types(Role role) {
        return switch (role) {
            case PREDICTION, WEIGHT -> "float, float[] or float[][]";
            case TARGET -> "float or int, or an array of one with one or two dimensions";
            case PARAMETER -> "float, int or float[]";
        };
    }

    private boolean isConsistent(Input input, VariableTree tree) {
        String marker = Markers.name(input.role());
        Tree range = Markers.tree(tree, tree.getModifiers(), marker, "min");
        Tree preset = Markers.tree(tree, tree.getModifiers(), marker, "defaultValue");
        if (!(input.min() <= input.max()) || input.min() == POSITIVE_INFINITY || input.max() == NEGATIVE_INFINITY) {
            refuse(range, Message.DEFAULT_RANGE_EMPTY, text(input.min()), text(input.max()), input.name());
            return false;
        }
        if (input.trainable() && input.type() != Type.FLOAT) {
            refuse(tree, Message.TRAINABLE_NOT_FLOAT, input.name());
            return false;
        }
        return input.defaultValue().isEmpty()
                || isSound(input, input.defaultValue().get(), preset);
    }

    private boolean isSound(Input input, double value, Tree at) {
        if (input.rank() > 0) {
            refuse(at, Message.DEFAULT_OF_VECTOR, input.name());
            return false;
        }
        if (input.type() == Type.FLOAT && Double.isInfinite((float) value)) {
            refuse(at, Message.DEFAULT_NOT_FINITE, text(value), input.name());
            return false;
        }
        if (input.type() == Type.INT && (int) value != value) {
            refuse(at, Message.DEFAULT_NOT_WHOLE, text(value), input.name());
            return false;
        }
        if (value < input.min() || value > input.max()) {
            refuse(at, Message.DEFAULT_OUT_OF_RANGE, text(value), input.name(), text(input.min()), text(input.max()));
            return false;
        }
        return true;
    }

    /** A number in the form that a user would write. */
    static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    private Optional<Input> refuse(Tree at, Message message, Object... arguments) {
        frame.report(at, message, arguments);
        return Optional.empty();
    }
}
