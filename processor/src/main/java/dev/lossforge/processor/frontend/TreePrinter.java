package dev.lossforge.processor.frontend;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.lossforge.processor.diagnostic.Printer;
import dev.lossforge.processor.diagnostic.Severity;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Prints messages as javac prints its own: with the file, the line, and a caret at the expression. */
final class TreePrinter implements Printer<Position> {

    /** The ids that suppress all of the processor's warnings. */
    private static final Set<String> ANY = Set.of("lossforge", "all");

    private final Trees trees;

    TreePrinter(Trees trees) {
        this.trees = trees;
    }

    @Override
    public void print(Severity severity, String text, Position position) {
        TreePosition at = (TreePosition) position;
        trees.printMessage(kind(severity), text, at.tree(), at.unit());
    }

    @Override
    public boolean isSuppressed(String id, Position position) {
        TreePosition at = (TreePosition) position;
        for (TreePath path = TreePath.getPath(at.unit(), at.tree()); path != null; path = path.getParentPath()) {
            if (suppressions(path).anyMatch(v -> v.equals(id) || ANY.contains(v))) {
                return true;
            }
        }
        return false;
    }

    /** The ids that a declaration suppresses. javac knows only the tree of a declaration inside a method. */
    private Stream<String> suppressions(TreePath path) {
        return switch (path.getLeaf()) {
            case ClassTree t when isMember(path) -> suppressions(trees.getElement(path));
            case MethodTree t when isMember(path) -> suppressions(trees.getElement(path));
            case VariableTree t -> isMember(path) ? suppressions(trees.getElement(path)) : literals(t.getModifiers());
            default -> Stream.empty();
        };
    }

    private static boolean isMember(TreePath path) {
        TreePath parent = path.getParentPath();
        return parent.getLeaf() instanceof CompilationUnitTree
                || parent.getLeaf() instanceof ClassTree && isMember(parent);
    }

    private static Stream<String> suppressions(@Nullable Element element) {
        SuppressWarnings annotation = element == null ? null : element.getAnnotation(SuppressWarnings.class);
        return annotation == null ? Stream.empty() : Arrays.stream(annotation.value());
    }

    private static Stream<String> literals(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .filter(a -> a.getAnnotationType().toString().equals("SuppressWarnings"))
                .flatMap(a -> a.getArguments().stream())
                .map(a -> a instanceof AssignmentTree assignment ? assignment.getExpression() : a)
                .flatMap(a -> a instanceof NewArrayTree array ? array.getInitializers().stream() : Stream.of(a))
                .flatMap(a -> a instanceof LiteralTree literal && literal.getValue() instanceof String value
                        ? Stream.of(value)
                        : Stream.empty());
    }

    private static Diagnostic.Kind kind(Severity severity) {
        return switch (severity) {
            case ERROR -> Diagnostic.Kind.ERROR;
            case WARNING -> Diagnostic.Kind.MANDATORY_WARNING;
            case NOTE -> Diagnostic.Kind.NOTE;
        };
    }
}
