package dev.lossforge.processor.frontend;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import dev.lossforge.processor.ir.SourceMap;

/** A tree in its source file. */
public record TreePosition(CompilationUnitTree unit, Tree tree) implements SourceMap.Position {

    @Override
    public String text() {
        return tree.toString();
    }
}
