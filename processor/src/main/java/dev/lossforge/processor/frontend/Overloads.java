package dev.lossforge.processor.frontend;

import dev.lossforge.processor.frontend.Value.Body;
import dev.lossforge.processor.frontend.Value.DoubleConstant;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * Chooses the method of a call among those of its name, by the types of its arguments.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jls/se21/html/jls-15.html#jls-15.12.2">The Java Language
 *     Specification, method signatures</a>
 */
final class Overloads {

    private final Types types;

    Overloads(Types types) {
        this.types = types;
    }

    /** The most specific applicable method; empty if none is, or if two are and neither is more specific. */
    Optional<ExecutableElement> choose(List<ExecutableElement> candidates, List<Value> arguments) {
        List<ExecutableElement> applicable = applicable(candidates, arguments, false);
        return mostSpecific(applicable.isEmpty() ? applicable(candidates, arguments, true) : applicable);
    }

    private List<ExecutableElement> applicable(
            List<ExecutableElement> candidates, List<Value> arguments, boolean loosely) {
        return candidates.stream()
                .filter(m -> !m.isVarArgs() && m.getParameters().size() == arguments.size())
                .filter(m -> accepts(m, arguments, loosely))
                .toList();
    }

    private boolean accepts(ExecutableElement method, List<Value> arguments, boolean loosely) {
        for (int i = 0; i < arguments.size(); i++) {
            TypeMirror type = method.getParameters().get(i).asType();
            if (!accepts(type, arguments.get(i)) && !(loosely && acceptsLoosely(type, arguments.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(TypeMirror type, Value argument) {
        return switch (argument) {
            case Scalar(var expr) ->
                type.getKind().isPrimitive() && types.isSubtype(types.getPrimitiveType(kind(expr.type())), type);
            case DoubleConstant c -> type.getKind() == TypeKind.DOUBLE;
            case Vector v ->
                type.getKind() == TypeKind.ARRAY
                        && Frame.rank(type) == v.rank()
                        && Frame.elementKind(type) == kind(v.elementType());
            case Body b -> type.getKind() == TypeKind.DECLARED;
            case Value.Step s -> type.getKind() == TypeKind.DECLARED;
            case Value.Unreadable u -> true;
        };
    }

    /**
     * Whether the argument fits after boxing, or is a double where a float is needed. The latter is reported at the
     * argument.
     */
    private static boolean acceptsLoosely(TypeMirror type, Value argument) {
        return switch (argument) {
            case Scalar s -> type.getKind() == TypeKind.DECLARED;
            case DoubleConstant c -> type.getKind() == TypeKind.FLOAT || type.getKind() == TypeKind.DECLARED;
            default -> false;
        };
    }

    private static TypeKind kind(Type type) {
        return switch (type) {
            case FLOAT -> TypeKind.FLOAT;
            case INT -> TypeKind.INT;
            case BOOLEAN -> TypeKind.BOOLEAN;
        };
    }

    private Optional<ExecutableElement> mostSpecific(List<ExecutableElement> methods) {
        return methods.stream()
                .filter(m -> methods.stream().allMatch(o -> isAsSpecific(m, o)))
                .findFirst();
    }

    private boolean isAsSpecific(ExecutableElement method, ExecutableElement other) {
        List<? extends VariableElement> ours = method.getParameters();
        List<? extends VariableElement> theirs = other.getParameters();
        for (int i = 0; i < ours.size(); i++) {
            if (!types.isSubtype(ours.get(i).asType(), theirs.get(i).asType())) {
                return false;
            }
        }
        return true;
    }
}
