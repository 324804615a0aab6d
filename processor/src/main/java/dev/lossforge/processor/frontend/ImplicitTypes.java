package dev.lossforge.processor.frontend;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Finds variables without a written type, of {@code var} and of lambdas, whose type javac cannot infer yet: it depends
 * on a class that is still to be generated. javac keeps for good what it inferred when it first attributed the class
 * around a formula, and breaks down on it when it generates code.
 */
final class ImplicitTypes extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final Trees trees;
    private final List<VariableTree> unknown = new ArrayList<>();

    private ImplicitTypes(Trees trees) {
        this.trees = trees;
    }

    /** The variables of unknown type in an attributed class. */
    static List<VariableTree> unknown(Trees trees, TreePath type) {
        ImplicitTypes scanner = new ImplicitTypes(trees);
        scanner.scan(type, null);
        return scanner.unknown;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null && isImplicit(variable) && isUnknown(element.asType())) {
            unknown.add(variable);
        }
        return super.visitVariable(variable, null);
    }

    /** Once attributed, such a variable has a tree for its type all the same, which ends nowhere in the file. */
    private boolean isImplicit(VariableTree variable) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        Tree type = variable.getType();
        return type == null || trees.getSourcePositions().getEndPosition(unit, type) == Diagnostic.NOPOS;
    }

    private static boolean isUnknown(@Nullable TypeMirror type) {
        return switch (type) {
            case null -> false;
            case ArrayType array -> isUnknown(array.getComponentType());
            case WildcardType wildcard -> isUnknown(wildcard.getExtendsBound()) || isUnknown(wildcard.getSuperBound());
            case DeclaredType declared
            when declared.getKind() != TypeKind.ERROR ->
                declared.getTypeArguments().stream().anyMatch(ImplicitTypes::isUnknown);
            default -> type.getKind() == TypeKind.ERROR;
        };
    }
}
