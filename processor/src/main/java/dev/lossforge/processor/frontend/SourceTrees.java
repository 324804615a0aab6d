package dev.lossforge.processor.frontend;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.lossforge.processor.diagnostic.Printer;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Name;

/**
 * The syntax trees of the classes that are being compiled. During annotation processing their bodies have no types and
 * symbols yet; {@link #attribute} makes javac find them.
 */
public final class SourceTrees {

    private final Trees trees;
    private final Set<Tree> examined = Collections.newSetFromMap(new IdentityHashMap<>());

    private SourceTrees(Trees trees) {
        this.trees = trees;
    }

    /** The trees of the running compiler; empty if it is not javac. */
    public static Optional<SourceTrees> of(ProcessingEnvironment environment) {
        try {
            return Optional.of(new SourceTrees(Trees.instance(unwrapped(environment))));
        } catch (IllegalArgumentException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** IntelliJ hands out a proxy of javac's environment, and a static method that knows what is behind it. */
    private static ProcessingEnvironment unwrapped(ProcessingEnvironment environment) {
        try {
            return (ProcessingEnvironment) Class.forName(
                            "org.jetbrains.jps.javac.APIWrappers",
                            false,
                            environment.getClass().getClassLoader())
                    .getDeclaredMethod("unwrap", Class.class, Object.class)
                    .invoke(null, ProcessingEnvironment.class, environment);
        } catch (ReflectiveOperationException | LinkageError e) {
            return environment;
        }
    }

    /** A printer of messages at these trees. */
    public Printer<Position> printer() {
        return new TreePrinter(trees);
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

    /**
     * The variables around a source, by name, whose types javac could not infer; each once. See {@link ImplicitTypes}.
     */
    Map<TreePosition, Name> uninferred(MethodSource source) {
        TreePath outermost = source.path();
        for (TreePath path = outermost; path.getLeaf() != path.getCompilationUnit(); path = path.getParentPath()) {
            outermost = path;
        }
        Map<TreePosition, Name> uninferred = new LinkedHashMap<>();
        if (examined.add(outermost.getLeaf())) {
            ImplicitTypes.unknown(trees, outermost).forEach(v -> uninferred.put(source.at(v), v.getName()));
        }
        return uninferred;
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
