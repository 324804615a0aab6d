package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BatchesTest {

    /** Sample i has the input (i, -i), the target i and the weight i / 2. */
    private static Dataset counting(int samples) {
        float[] inputs = new float[2 * samples];
        float[] weights = new float[samples];
        for (int i = 0; i < samples; i++) {
            inputs[2 * i] = i;
            inputs[2 * i + 1] = -i;
            weights[i] = i / 2f;
        }
        IntTensor targets = IntTensor.vector(IntStream.range(0, samples).toArray());
        return Dataset.of(Tensor.over(inputs, samples, 2), targets).withWeights(Tensor.vector(weights));
    }

    private static List<Integer> drawn(Batches batches) {
        List<Integer> samples = new ArrayList<>();
        for (Batch batch : batches) {
            for (int label : ((IntTensor) batch.targets()).array()) {
                samples.add(label);
            }
        }
        return samples;
    }

    @RepeatedTest(100)
    void everyEpochDrawsEverySampleOnceWithItsOwnTargetAndWeight(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int samples = random.nextInt(1, 61);
        int batchSize = random.nextInt(1, 71);
        Batches batches = counting(samples).batches(batchSize);
        batches.shuffle(random.nextLong(), random.nextInt(1, 6));
        Set<Integer> seen = new HashSet<>();
        int count = 0;
        for (Batch batch : batches) {
            count++;
            for (int i = 0; i < batch.size(); i++) {
                int label = ((IntTensor) batch.targets()).get(i);
                assertThat(seen.add(label)).isTrue();
                assertThat(batch.inputs().row(i)).isEqualTo(Tensor.vector(label, -label));
                assertThat(Objects.requireNonNull(batch.weights()).get(i)).isEqualTo(label / 2f);
            }
            assertThat(batch.size()).isEqualTo(Math.min(batchSize, samples - (count - 1) * batchSize));
        }
        assertThat(seen).hasSize(samples);
        assertThat(batches.count()).isEqualTo(count);
    }

    @Test
    void orderFollowsFromSeedAndEpochAlone() {
        Batches batches = counting(50).batches(8);
        batches.shuffle(1, 1);
        List<Integer> first = drawn(batches);
        batches.shuffle(1, 2);
        List<Integer> second = drawn(batches);
        batches.shuffle(1, 1);
        assertThat(drawn(batches)).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);

        Batches others = counting(50).batches(7);
        others.shuffle(1, 2);
        assertThat(drawn(others)).isEqualTo(second);
        others.shuffle(2, 1);
        assertThat(drawn(others)).isNotIn(List.of(first, second));
    }

    @Test
    void everyOrderIsEquallyLikely() {
        Batches batches = counting(3).batches(3);
        int[] counts = new int[27];
        for (int epoch = 1; epoch <= 6000; epoch++) {
            batches.shuffle(9, epoch);
            List<Integer> order = drawn(batches);
            counts[9 * order.get(0) + 3 * order.get(1) + order.get(2)]++;
        }
        // Six orders, 1000 times each on average, with a standard deviation of 29.
        assertThat(IntStream.of(counts).filter(count -> count > 0))
                .hasSize(6)
                .allMatch(count -> count > 870 && count < 1130);
    }

    @Test
    void keepsTheOrderUntilShuffled() {
        assertThat(drawn(counting(5).batches(2))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void reusesTwoBatches() {
        Batches batches = counting(10).batches(4);
        Map<Batch, Boolean> identities = new IdentityHashMap<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            batches.forEach(batch -> identities.put(batch, true));
        }
        assertThat(identities).hasSize(2);
    }

    @Test
    void endsLikeAnIterator() {
        Iterator<Batch> iterator = counting(2).batches(2).iterator();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> counting(2).batches(0)).hasMessageContaining("batch size is 0");
    }
}
