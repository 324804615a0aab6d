package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedDigitsTest {
    private static GeneratedDigits digits(String tool, long seed) {
        return tool.equals("pen") ? GeneratedDigits.written(seed) : GeneratedDigits.seeded(seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pen", "fonts"})
    void anImageDependsOnSeedAndIndexAlone(String tool) {
        DigitSet many = digits(tool, 3).train(300);
        DigitSet few = digits(tool, 3).train(40);
        assertThat(images(few, 40)).isEqualTo(images(many, 40));
        assertThat(images(digits(tool, 4).train(40), 40)).isNotEqualTo(images(few, 40));
        assertThat(images(digits(tool, 3).test(40), 40)).isNotEqualTo(images(few, 40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pen", "fonts"})
    void everyClassIsAsFrequentAsTheOthers(String tool) {
        DigitSet digits = digits(tool, 1).train(5000);
        for (int digit = 0; digit < DigitSet.CLASSES; digit++) {
            int wanted = digit;
            long count = IntStream.range(0, 5000)
                    .filter(i -> digits.label(i) == wanted)
                    .count();
            assertThat(count).as("images of a %d", digit).isBetween(400L, 600L);
        }
    }

    /** Ink in the middle, paper at the border, and no image without ink. */
    @ParameterizedTest
    @ValueSource(strings = {"pen", "fonts"})
    void everyImageShowsADigit(String tool) {
        DigitSet digits = digits(tool, 1).train(2000);
        for (int image = 0; image < digits.count(); image++) {
            int current = image;
            long ink = IntStream.range(0, DigitSet.PIXELS)
                    .filter(i -> digits.pixel(current, i / DigitSet.SIZE, i % DigitSet.SIZE) > 110)
                    .count();
            assertThat(ink).as("dark pixels of image %d", image).isBetween(12L, 400L);
        }
    }

    private static int[] images(DigitSet digits, int count) {
        return IntStream.range(0, count * DigitSet.PIXELS)
                .map(i -> digits.pixel(i / DigitSet.PIXELS, i % DigitSet.PIXELS / DigitSet.SIZE, i % DigitSet.SIZE))
                .toArray();
    }
}
