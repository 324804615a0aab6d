package dev.lossforge.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "0.03125, 0.0313",
        "-12.5, -12.5000",
        "999999, 999999.0000",
        "3.5061813e37, 3.5062e+37",
        "-1e6, -1.0000e+06",
        "NaN, NaN",
        "Infinity, Infinity",
    })
    void largeNumbersHaveAnExponent(double score, String text) {
        assertThat(Decimals.of(score)).isEqualTo(text);
    }
}
