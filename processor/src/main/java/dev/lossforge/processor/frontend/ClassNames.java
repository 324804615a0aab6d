package dev.lossforge.processor.frontend;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * The meaning of names in the methods of a class, except local variables: its members, those of the enclosing classes,
 * and the imports of its file, innermost first.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jls/se21/html/jls-6.html">The Java Language Specification,
 *     names</a>
 */
final class ClassNames {

    private final TypeElement home;
    private final UnitNames unit;
    private final Members members;
    private final Types types;

    ClassNames(TypeElement home, UnitNames unit, Members members, Types types) {
        this.home = home;
        this.unit = unit;
        this.members = members;
        this.types = types;
    }

    /** The type that a tree names, without type arguments; empty if there is none of that name. */
    Optional<TypeMirror> type(Tree tree) {
        return switch (tree) {
            case PrimitiveTypeTree t when t.getPrimitiveTypeKind() == TypeKind.VOID -> Optional.empty();
            case PrimitiveTypeTree t -> Optional.of(types.getPrimitiveType(t.getPrimitiveTypeKind()));
            case ArrayTypeTree t -> type(t.getType()).map(types::getArrayType);
            case AnnotatedTypeTree t -> type(t.getUnderlyingType());
            case ParameterizedTypeTree t -> type(t.getType());
            case ExpressionTree t -> namedType(t).map(e -> types.erasure(e.asType()));
            default -> Optional.empty();
        };
    }

    /** The class named by {@code Name} or {@code a.b.Name}; empty if it is a value or unknown. */
    Optional<TypeElement> namedType(Tree tree) {
        return switch (tree) {
            case IdentifierTree t -> typeNamed(t.getName().toString());
            case MemberSelectTree t ->
                namedType(t.getExpression())
                        .flatMap(outer -> members.memberType(outer, t.getIdentifier()))
                        .or(() -> unit.canonical(t.toString()));
            default -> Optional.empty();
        };
    }

    private Optional<TypeElement> typeNamed(String name) {
        for (TypeElement type : enclosing()) {
            if (type.getSimpleName().contentEquals(name)) {
                return Optional.of(type);
            }
            Optional<TypeElement> member = members.memberType(type, name);
            if (member.isPresent()) {
                return member;
            }
        }
        return unit.type(name);
    }

    /** The field named by {@code NAME}, {@code Type.NAME} or {@code value.NAME}. */
    Optional<VariableElement> field(Tree tree) {
        return switch (tree) {
            case IdentifierTree t -> fieldNamed(t.getName().toString());
            case MemberSelectTree t -> {
                Optional<VariableElement> value = field(t.getExpression()); // which obscures a type of that name
                yield (value.isPresent() ? value.flatMap(ClassNames::classOf) : namedType(t.getExpression()))
                        .flatMap(type -> members.field(type, t.getIdentifier()));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<TypeElement> classOf(VariableElement field) {
        return field.asType() instanceof DeclaredType declared && declared.asElement() instanceof TypeElement type
                ? Optional.of(type)
                : Optional.empty();
    }

    private Optional<VariableElement> fieldNamed(String name) {
        for (TypeElement type : enclosing()) {
            Optional<VariableElement> field = members.field(type, name);
            if (field.isPresent()) {
                return field;
            }
        }
        return unit.staticHomes(name, type -> members.field(type, name).isPresent()).stream()
                .findFirst()
                .flatMap(type -> members.field(type, name));
    }

    /** The methods of that name in the innermost class that has any; a call chooses among them. */
    List<ExecutableElement> methods(String name) {
        Predicate<TypeElement> has = type -> !members.methods(type, name).isEmpty();
        return enclosing().stream()
                .filter(has)
                .findFirst()
                .map(type -> members.methods(type, name))
                .orElseGet(() -> unit.staticHomes(name, has).stream()
                        .flatMap(type -> members.methods(type, name).stream())
                        .distinct()
                        .toList());
    }

    /** The methods of that name in a class. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        return members.methods(type, name);
    }

    /** The class and its enclosing classes, from the inside out. */
    private List<TypeElement> enclosing() {
        List<TypeElement> enclosing = new ArrayList<>();
        for (Element e = home; e instanceof TypeElement type; e = e.getEnclosingElement()) {
            enclosing.add(type);
        }
        return enclosing;
    }
}
