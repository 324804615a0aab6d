package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;

/** The rounds of a loop that a work-item runs. */
enum Rounds {
    /** All rounds. */
    ALL("0", "$L++"),
    /** The item's share, if the items of a group share the rounds; the first is its own number. */
    SHARED("item", "$L += local"),
    /** The lane's share, if the lanes of a point share the rounds. */
    LANES("lane", "$L += lanes");

    private final String first;
    private final String next;

    Rounds(String first, String next) {
        this.first = first;
        this.next = next;
    }

    /** {@code for (int i = first; i < extent; next)}. */
    CodeBlock over(String i, CodeBlock extent) {
        return CodeBlock.of("for (int $L = $L; $L < $L; $L)", i, first, i, extent, CodeBlock.of(next, i));
    }
}
