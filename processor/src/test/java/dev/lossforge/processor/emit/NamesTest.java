package dev.lossforge.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void anInputDoesNotObscureATypeThatTheKernelNames() {
        Names names = new Names();
        assertThat(names.fresh("Block")).isNotEqualTo("Block");
        assertThat(names.fresh("Math")).isNotEqualTo("Math");
        assertThat(names.fresh("blocks")).isEqualTo("blocks");
    }
}
