package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.loop.Statement;

/** The head of a loop that runs round by round. */
final class LoopHead {
    private LoopHead() {}

    static CodeBlock of(Statement.Loop loop, String index, ScalarCode scalars) {
        CodeBlock extent = scalars.of(loop.extent()).above(Strength.COMPARISON);
        return loop.rounds() == Statement.Rounds.DESCENDING
                ? CodeBlock.of("for (int $L = $L - 1; $L >= 0; $L--)", index, extent, index, index)
                : CodeBlock.of("for (int $L = 0; $L < $L; $L++)", index, index, extent, index);
    }
}
