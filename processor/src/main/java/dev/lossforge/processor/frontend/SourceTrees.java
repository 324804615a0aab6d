package dev.lossforge.processor.frontend;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.lang.model.element.Element;

/**
 * The syntax trees of the classes that are being compiled. During annotation processing their bodies have no types and
 * symbols yet; {@link #attribute} makes javac find them.
 */
public final class SourceTrees {

    private final Trees trees;

    public SourceTrees(Trees trees) {
        this.trees = trees;
    }

    /** Where an element is declared; empty when its source is not in this build. */
    public Optional<TreePosition> declaration(Element element) {
        return Optional.ofNullable(trees.getPath(element))
                .map(p -> new TreePosition(p.getCompilationUnit(), p.getLeaf()));
    }

    /** The source of a method or constant, not attributed yet; empty when it is not in this build. */
    Optional<MethodSource> source(Element element) {
        return Optional.ofNullable(trees.getPath(element)).map(p -> new MethodSource(trees, p));
    }

    /**
     * Attributes the class around the source, all its bodies included.
     *
     * @return false if javac itself ran out of stack on it
     */
    boolean attribute(MethodSource source) {
        try {
            body(source.tree()).ifPresent(b -> trees.getElement(new TreePath(source.path(), b)));
            return true;
        } catch (StackOverflowError e) {
            return false;
        }
    }

    /** A tree that has no symbol itself: asking for its element is what makes javac attribute the class. */
    private static Optional<Tree> body(Tree declaration) {
        return switch (declaration) {
            case MethodTree m -> Optional.ofNullable(m.getBody());
            case VariableTree v -> Optional.ofNullable(v.getInitializer());
            default -> Optional.empty();
        };
    }
}
