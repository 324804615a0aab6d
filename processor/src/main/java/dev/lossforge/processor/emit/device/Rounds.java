package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;

/** Which rounds of a loop a work-item runs. */
enum Rounds {
    /** All of them. */
    ALL("0", "$L++"),
    /** Its share, when the items of a group divide them: the first is its own number. */
    SHARED("item", "$L += local"),
    /** Its share, when the lanes of a point divide them. */
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
