package dev.lossforge.processor.frontend;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;

/**
 * Finds our annotations where javac accepts them but nothing reads them: {@code @Loss} in a local or anonymous class,
 * and {@code @Prediction} on a parameter of a method that is no formula. It checks only files that import the language.
 */
public final class MisplacedAnnotations {

    private static final Set<String> KINDS = Set.of("Loss", "Regularizer");

    private final SourceTrees trees;
    private final Reporter<Position> reporter;
    private final Set<CompilationUnitTree> seen = new HashSet<>();

    public MisplacedAnnotations(SourceTrees trees, Reporter<Position> reporter) {
        this.trees = trees;
        this.reporter = reporter;
    }

    /** A tree, and whether a class in it is a top-level class or a member. */
    private record Place(Tree tree, boolean isTop) {}

    /** Reports misplaced annotations in the files of these classes. */
    public void report(Set<? extends Element> classes) {
        for (Element type : classes) {
            trees.declaration(type).map(TreePosition::unit).ifPresent(this::report);
        }
    }

    private void report(CompilationUnitTree unit) {
        boolean imports = unit.getImports().stream()
                .anyMatch(i -> i.getQualifiedIdentifier().toString().startsWith(Markers.PACKAGE));
        if (!imports || !seen.add(unit)) {
            return;
        }
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(unit, true));
        while (!open.isEmpty()) {
            Place place = open.pop();
            if (place.tree() instanceof MethodTree method) {
                report(unit, method, place.isTop());
            }
            boolean holdsMembers = place.tree() instanceof CompilationUnitTree || place.tree() instanceof ClassTree;
            for (Tree child : NestingDepth.children(place.tree())) {
                boolean isTop = place.isTop() && (holdsMembers || !(child instanceof ClassTree));
                open.push(new Place(child, isTop));
            }
        }
    }

    private void report(CompilationUnitTree unit, MethodTree method, boolean isTop) {
        boolean isFormula = KINDS.stream().anyMatch(k -> Markers.has(method.getModifiers(), k));
        if (isFormula && !isTop) {
            reporter.report(new TreePosition(unit, method), Message.METHOD_OF_LOCAL_CLASS, method.getName());
        }
        if (!isFormula) {
            method.getParameters().forEach(p -> report(unit, method, p));
        }
    }

    private void report(CompilationUnitTree unit, MethodTree method, VariableTree parameter) {
        List.of(Role.values()).stream()
                .map(Markers::name)
                .filter(role -> Markers.has(parameter.getModifiers(), role))
                .forEach(role -> reporter.report(
                        new TreePosition(unit, parameter),
                        Message.ROLE_WITHOUT_FORMULA,
                        parameter.getName(),
                        role,
                        method.getName()));
    }
}
