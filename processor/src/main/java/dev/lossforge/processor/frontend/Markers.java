package dev.lossforge.processor.frontend;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.ir.Role;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The annotations of the formula language, which the processor knows by name. */
final class Markers {

    static final String PACKAGE = "dev.lossforge.dsl.";

    private final Elements elements;

    Markers(Elements elements) {
        this.elements = elements;
    }

    /** The annotation's simple name for each role. */
    static String name(Role role) {
        return switch (role) {
            case PREDICTION -> "Prediction";
            case TARGET -> "Target";
            case PARAMETER -> "Param";
            case WEIGHT -> "Weight";
        };
    }

    /** The annotation of that simple name. */
    static Optional<? extends AnnotationMirror> find(Element element, String name) {
        return element.getAnnotationMirrors().stream()
                .filter(m -> ((TypeElement) m.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(PACKAGE + name))
                .findFirst();
    }

    /** Whether an annotation of that simple name is present, written with its simple or its full name. */
    static boolean has(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .map(a -> a.getAnnotationType().toString())
                .anyMatch(t -> t.equals(name) || t.equals(PACKAGE + name));
    }

    /** The value of an attribute, given or by default. */
    Optional<Object> attribute(AnnotationMirror annotation, String name) {
        return elements.getElementValuesWithDefaults(annotation).entrySet().stream()
                .filter(e -> e.getKey().getSimpleName().contentEquals(name))
                .map(e -> e.getValue().getValue())
                .findFirst();
    }

    /** A numeric attribute; the fallback if the annotation has none of this name. */
    double number(AnnotationMirror annotation, String name, double fallback) {
        return attribute(annotation, name)
                .map(v -> v instanceof Number n ? n.doubleValue() : fallback)
                .orElse(fallback);
    }

    /** The name of an enum constant or the text of a string; empty if the attribute is neither. */
    String text(AnnotationMirror annotation, String name) {
        return attribute(annotation, name)
                .map(v ->
                        v instanceof Element constant ? constant.getSimpleName().toString() : v.toString())
                .orElse("");
    }

    boolean flag(AnnotationMirror annotation, String name) {
        return attribute(annotation, name).filter(Boolean.TRUE::equals).isPresent();
    }

    /** The tree of the attribute in the source, else of the annotation, else of the annotated element. */
    static Tree tree(Tree annotated, ModifiersTree modifiers, String annotation, String attribute) {
        Optional<? extends AnnotationTree> tree = modifiers.getAnnotations().stream()
                .filter(a -> simpleName(a.getAnnotationType()).equals(annotation))
                .findFirst();
        return tree.<Tree>flatMap(a -> argument(a, attribute)).or(() -> tree).orElse(annotated);
    }

    private static Optional<Tree> argument(AnnotationTree annotation, String attribute) {
        return annotation.getArguments().stream()
                .filter(a -> a instanceof AssignmentTree t
                        && t.getVariable().toString().equals(attribute))
                .map(a -> (Tree) ((AssignmentTree) a).getExpression())
                .findFirst();
    }

    private static String simpleName(Tree type) {
        String name = type.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
