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
 * The syntax trees of the classes in this compilation, as javac parsed them.
 *
 * <p>{@link ClassNames} resolves names and types inside methods, not javac. javac could only attribute a whole class,
 * including uses of classes that do not exist yet, and would keep what it infers from these.
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

    /** IntelliJ passes a proxy of javac's environment, and offers a static method that unwraps it. */
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

    /** The declaration of an element; empty if its source is not in this build. */
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
     * Makes javac report the errors in a method, which it would not do by itself after an error of the processor. For
     * the reason above, this is only for builds that fail.
     */
    void attribute(MethodSource method) {
        if (method.tree() instanceof MethodTree tree && tree.getBody() != null) {
            try {
                trees.getElement(new TreePath(method.path(), tree.getBody()));
            } catch (StackOverflowError e) {
                // Another method of the class is nested too deeply for javac, which reports this when it compiles that
                // method.
            }
        }
    }

    /** The choice among methods of the same name. */
    Overloads overloads() {
        return new Overloads(types);
    }
}
