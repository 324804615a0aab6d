package dev.lossforge.processor.frontend;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.lossforge.processor.diagnostic.Printer;
import dev.lossforge.processor.diagnostic.Severity;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.Arrays;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Prints messages as javac prints its own: with the file, the line, and a caret at the expression. */
final class TreePrinter implements Printer<Position> {

    /** What switches off all warnings of ours. */
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
            Element element = trees.getElement(path);
            if (element != null && suppresses(element, id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean suppresses(Element element, String id) {
        SuppressWarnings annotation = element.getAnnotation(SuppressWarnings.class);
        return annotation != null && Arrays.stream(annotation.value()).anyMatch(v -> v.equals(id) || ANY.contains(v));
    }

    private static Diagnostic.Kind kind(Severity severity) {
        return switch (severity) {
            case ERROR -> Diagnostic.Kind.ERROR;
            case WARNING -> Diagnostic.Kind.MANDATORY_WARNING;
            case NOTE -> Diagnostic.Kind.NOTE;
        };
    }
}
