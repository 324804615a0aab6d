package dev.lossforge.processor.frontend;

import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The attributed tree of a method or a constant, with what javac knows about the trees inside it. */
record MethodSource(Trees trees, TreePath path) {

    Tree tree() {
        return path.getLeaf();
    }

    TreePosition at(Tree inner) {
        return new TreePosition(path.getCompilationUnit(), inner);
    }

    /** What a name, a call or a declaration inside refers to; null when javac could not resolve it. */
    @Nullable
    Element element(Tree inner) {
        return trees.getElement(new TreePath(path, inner));
    }

    /** The type of an expression or a type tree inside; null when javac gave it none. */
    @Nullable
    TypeMirror type(Tree inner) {
        return trees.getTypeMirror(new TreePath(path, inner));
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
