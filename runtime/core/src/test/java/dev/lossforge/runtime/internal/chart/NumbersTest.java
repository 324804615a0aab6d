package dev.lossforge.runtime.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "3, 3",
        "-100, -100",
        "0.25, 0.25",
        "0.001, 0.001",
        "1e-4, 1e-4",
        "-2.5e-7, -2.5e-7",
        "1e6, 1000000",
        "12345678, 1.2345678e7",
        "1e37, 1e37",
        "4.9e-324, 4.9e-324",
        "NaN, NaN",
        "-Infinity, -Infinity",
    })
    void areWrittenAsPeopleWriteThem(double number, String text) {
        assertThat(Numbers.shortest(number)).isEqualTo(text);
    }

    @Test
    void readBackAsTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(Numbers.shortest(number))).isEqualTo(number);
            }
        }
    }
}
