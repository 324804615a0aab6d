package dev.lossforge.samples.s11_djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.samples.lesson.Lesson;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DjlDigitsTest {
    @Test
    void doubtKeepsTheNetworkFromLearningWrongLabels() {
        GeneratedDigits digits = GeneratedDigits.seeded(1);
        Map<String, double[]> accuracies = DjlDigits.accuracies(digits.train(3000), digits.test(1000), 6);
        assertThat(accuracies.get("the doubting loss")[5])
                .isGreaterThan(0.8)
                .isGreaterThan(accuracies.get("DJL's cross-entropy")[5] + 0.05);
    }

    @Test
    void isFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(Lesson.class)).hasAtLeastOneElementOfType(DjlDigits.class);
    }
}
