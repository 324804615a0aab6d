package dev.lossforge.processor.testing.random;

import java.util.List;
import java.util.random.RandomGenerator;

/** Choices by chance. */
record Dice(RandomGenerator random) {

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** True once in so many times. */
    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
