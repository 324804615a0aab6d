package dev.lossforge.processor.frontend;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds trees that are nested too deeply for recursion, which all later stages and javac's own attribution use. It
 * keeps its own stack, so depth does not harm it.
 */
final class NestingDepth {

    /** A limit far above what people write, and far below what overflows a thread's stack. */
    static final int LIMIT = 300;

    private NestingDepth() {}

    private record Level(Tree tree, int depth) {}

    /** The first tree beyond the limit. */
    static Optional<Tree> beyondLimit(Tree root) {
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(root, 0));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth() > LIMIT) {
                return Optional.of(level.tree());
            }
            children(level.tree()).forEach(c -> open.push(new Level(c, level.depth() + 1)));
        }
        return Optional.empty();
    }

    /** The trees directly inside. */
    static List<Tree> children(Tree tree) {
        List<Tree> children = new ArrayList<>();
        tree.accept(
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void scan(@Nullable Tree child, @Nullable Void ignored) {
                        if (child != null) {
                            children.add(child);
                        }
                        return null;
                    }
                },
                null);
        return children;
    }
}
