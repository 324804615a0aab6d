package dev.lossforge.processor.frontend;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.lossforge.processor.diagnostic.Printer;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * The syntax trees of the classes that are being compiled, as javac parsed them.
 *
 * <p>Names and types inside methods are resolved by {@link ClassNames}, not by javac: it could only be made to
 * attribute a whole class, uses of classes that are still to be generated included, and keeps for good what it infers
 * from those.
 */
public final class SourceTrees {

    private final Trees trees;
    private final Elements elements;
    private final Types types;
    private final Members members;
    private final Map<TypeElement, ClassNames> names = new HashMap<>();

    private SourceTrees(Trees trees, ProcessingEnvironment environment) {
        this.trees = trees;
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.members = new Members(elements, types);
    }

    /** The trees of the running compiler; empty if it is not javac. */
    public static Optional<SourceTrees> of(ProcessingEnvironment environment) {
        try {
            return Optional.of(new SourceTrees(Trees.instance(unwrapped(environment)), environment));
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

    /** The source of a method or constant; empty when it is not in this build. */
    Optional<MethodSource> source(Element element) {
        return Optional.ofNullable(trees.getPath(element))
                .map(path -> new MethodSource(trees, path, namesAround(element, path)));
    }

    private ClassNames namesAround(Element member, TreePath path) {
        TypeElement home =
                (TypeElement) Objects.requireNonNull(member.getEnclosingElement(), "formulas are members of classes");
        return names.computeIfAbsent(
                home,
                type -> new ClassNames(
                        type,
                        new UnitNames(elements, members, elements.getModuleOf(type), path.getCompilationUnit()),
                        members,
                        types));
    }

    /**
     * Makes javac report what is not Java in a method. By itself it would not come to that once the processor has
     * reported an error. Only a build that fails can bear it, for the reason above.
     */
    void attribute(MethodSource method) {
        if (method.tree() instanceof MethodTree tree && tree.getBody() != null) {
            try {
                trees.getElement(new TreePath(method.path(), tree.getBody()));
            } catch (StackOverflowError e) {
                // Another method around is nested too deeply for javac itself, which reports that where it compiles it.
            }
        }
    }

    /** What chooses among methods of one name. */
    Overloads overloads() {
        return new Overloads(types);
    }
}
