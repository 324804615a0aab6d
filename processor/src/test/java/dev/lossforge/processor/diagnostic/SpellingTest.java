package dev.lossforge.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> NAMES = List.of("max", "mean", "min", "logSumExp", "softmax");

    @Test
    void aSlipIsRecognised() {
        assertThat(Spelling.closest("lgoSumExp", NAMES)).contains("logSumExp");
        assertThat(Spelling.closest("softMax", NAMES)).contains("softmax");
        assertThat(Spelling.closest("maen", NAMES)).contains("mean");
    }

    @Test
    void amongEquallyNearNamesTheFirstIsTaken() {
        assertThat(Spelling.closest("mx", NAMES)).contains("max");
        assertThat(Spelling.closest("mix", NAMES)).contains("max");
    }

    @Test
    void nothingIsSuggestedForAnotherWord() {
        assertThat(Spelling.closest("relu", NAMES)).isEmpty();
        assertThat(Spelling.closest("x", List.of())).isEmpty();
    }
}
