package dev.lossforge.processor.frontend;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** The tree of a method or a constant as javac parsed it, and the meaning of the names in it. */
record MethodSource(Trees trees, TreePath path, ClassNames names) {

    Tree tree() {
        return path.getLeaf();
    }

    TreePosition at(Tree inner) {
        return new TreePosition(path.getCompilationUnit(), inner);
    }

    /** The names of the methods, or of the fields, of the enclosing class. */
    Set<String> siblings(Tree.Kind kind) {
        Set<String> names = new HashSet<>();
        if (path.getParentPath().getLeaf() instanceof ClassTree home) {
            for (Tree member : home.getMembers()) {
                if (member.getKind() == kind) {
                    names.add(name(member));
                }
            }
        }
        return names;
    }

    private static String name(Tree member) {
        return switch (member) {
            case MethodTree m -> m.getName().toString();
            case VariableTree v -> v.getName().toString();
            default -> "";
        };
    }

    /** The text as written, without the indentation that all its lines but the first share. */
    String text() {
        SourcePositions positions = trees.getSourcePositions();
        int start = (int) positions.getStartPosition(path.getCompilationUnit(), tree());
        int end = (int) positions.getEndPosition(path.getCompilationUnit(), tree());
        String file = fileContent();
        int lineStart = file.lastIndexOf('\n', start) + 1;
        return file.substring(lineStart, end)
                .replace("\r\n", "\n")
                .stripIndent()
                .strip();
    }

    /** A tree inside as Java text on one line. */
    static String brief(Tree inner) {
        return inner.toString().replaceAll("\\s+", " ");
    }

    private String fileContent() {
        try {
            return path.getCompilationUnit()
                    .getSourceFile()
                    .getCharContent(true)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
