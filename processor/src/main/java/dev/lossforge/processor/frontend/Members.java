package dev.lossforge.processor.frontend;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The members of classes by name, including inherited ones that no nearer class hides. */
final class Members {

    private final Elements elements;
    private final Types types;
    private final Map<TypeElement, Map<String, List<Element>>> known = new HashMap<>();

    Members(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    Optional<VariableElement> field(TypeElement type, CharSequence name) {
        return ElementFilter.fieldsIn(visible(type, name, e -> e.getKind().isField(), e -> "")).stream()
                .findFirst();
    }

    Optional<TypeElement> memberType(TypeElement type, CharSequence name) {
        return ElementFilter.typesIn(visible(type, name, Members::isType, e -> "")).stream()
                .findFirst();
    }

    /** All methods of that name. */
    List<ExecutableElement> methods(TypeElement type, CharSequence name) {
        return ElementFilter.methodsIn(visible(
                type,
                name,
                e -> e.getKind() == ElementKind.METHOD,
                e -> types.erasure(e.asType()).toString()));
    }

    private static boolean isType(Element element) {
        return element.getKind().isClass() || element.getKind().isInterface();
    }

    /** The members that no member of a nearer class with the same key hides. */
    private List<Element> visible(
            TypeElement type, CharSequence name, Predicate<Element> kind, Function<Element, String> key) {
        List<Element> named = byName(type).getOrDefault(name.toString(), List.of()).stream()
                .filter(kind)
                .toList();
        return named.stream()
                .filter(e ->
                        named.stream().noneMatch(o -> o != e && key.apply(o).equals(key.apply(e)) && isNearer(o, e)))
                .toList();
    }

    private boolean isNearer(Element one, Element other) {
        Element home = one.getEnclosingElement();
        Element otherHome = other.getEnclosingElement();
        return home != null
                && otherHome != null
                && !home.equals(otherHome)
                && types.isSubtype(types.erasure(home.asType()), types.erasure(otherHome.asType()));
    }

    private Map<String, List<Element>> byName(TypeElement type) {
        return known.computeIfAbsent(
                type,
                t -> elements.getAllMembers(t).stream()
                        .<Element>map(Function.identity())
                        .collect(groupingBy(e -> e.getSimpleName().toString())));
    }
}
