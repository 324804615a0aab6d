package dev.lossforge.samples.s06_imbalanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.samples.s06_imbalanced.ImbalancedDigits.Outcome;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("training")
class ImbalancedDigitsTest {
    private static final LongTail TRAINING =
            LongTail.of(GeneratedDigits.seeded(1).train(6000));

    @Test
    void theLastDigitIsAHundredTimesRarerThanTheFirst() {
        int[] counts = TRAINING.counts();
        assertThat(counts[0]).isBetween(450, 600);
        assertThat(counts[9]).isBetween(4, 6);
        assertThat(IntStream.range(1, 10)).allMatch(digit -> counts[digit] < counts[digit - 1]);
        TRAINING.dataset().requireClasses(DigitSet.CLASSES);
        assertThat(TRAINING.size()).isEqualTo(IntStream.of(counts).sum());
        float[] weights = TRAINING.balancingWeights();
        assertThat(IntStream.range(0, 10).mapToDouble(digit -> counts[digit] * weights[digit]))
                .allSatisfy(share -> assertThat(share).isCloseTo(TRAINING.size() / 10.0, within(1e-3)));
    }

    @Test
    void classWeightsFindRareDigitsThatCrossEntropyMisses() {
        Map<String, Outcome> outcomes =
                ImbalancedDigits.outcomes(TRAINING, GeneratedDigits.seeded(2).train(2000), 5);
        Outcome plain = outcomes.get("cross-entropy");
        Outcome weighted = outcomes.get("class weights");
        assertThat(plain.recalls()[0]).isGreaterThan(0.9);
        assertThat(plain.rare()).isLessThan(0.1);
        assertThat(weighted.rare()).isGreaterThan(plain.rare() + 0.1);
        assertThat(weighted.mean()).isGreaterThan(plain.mean() + 0.03);
        assertThat(outcomes.get("focal").mean()).isBetween(plain.mean() - 0.05, weighted.mean());
    }
}
