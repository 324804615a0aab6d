package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static Dataset part(int from, int to) {
        Tensor inputs = Tensor.zeros(to - from, 2);
        int[] labels = IntStream.range(from, to).toArray();
        for (int i = 0; i < labels.length; i++) {
            inputs.array()[2 * i] = labels[i];
            inputs.array()[2 * i + 1] = -labels[i];
        }
        return Dataset.of(inputs, IntTensor.vector(labels));
    }

    /** The samples 0 … samples − 1 in parts of this size. */
    private static Iterator<Dataset> parts(int samples, int size) {
        return IntStream.iterate(0, from -> from < samples, from -> from + size)
                .mapToObj(from -> part(from, Math.min(from + size, samples)))
                .iterator();
    }

    private static Dataset stream(int samples, int buffer, int partSize) {
        return Dataset.streamed(samples, buffer, () -> parts(samples, partSize));
    }

    private static List<Integer> drain(Iterator<Batch> batches) {
        List<Integer> labels = new ArrayList<>();
        while (batches.hasNext()) {
            Batch batch = batches.next();
            for (int i = 0; i < batch.size(); i++) {
                int label = ((IntTensor) batch.targets()).get(i);
                assertThat(batch.inputs().get(i, 0)).isEqualTo(label);
                assertThat(batch.inputs().get(i, 1)).isEqualTo(-label);
                labels.add(label);
            }
        }
        return labels;
    }

    @Test
    void isReadInOrderUntilItIsShuffled() {
        try (Batches batches = stream(23, 5, 4).batches(6)) {
            assertThat(batches.count()).isEqualTo(4);
            assertThat(drain(batches.iterator()))
                    .isEqualTo(IntStream.range(0, 23).boxed().toList());
            assertThat(drain(batches.iterator())).hasSize(23);
        }
    }

    @Test
    void aShuffledEpochHasEachSampleOnceInAnOrderThatSeedAndEpochDetermine() {
        try (Batches batches = stream(100, 10, 7).batches(8);
                Batches others = stream(100, 10, 100).batches(8)) {
            batches.shuffle(3, 1);
            List<Integer> first = drain(batches.iterator());
            assertThat(first)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).boxed().toList())
                    .isNotEqualTo(IntStream.range(0, 100).boxed().toList());
            // No sample comes before it can be in the buffer.
            for (int i = 0; i < first.size(); i++) {
                assertThat(first.get(i)).isLessThan(i + 10);
            }
            others.shuffle(3, 1);
            assertThat(drain(others.iterator())).isEqualTo(first);
            others.shuffle(3, 2);
            assertThat(drain(others.iterator())).isNotEqualTo(first);
        }
    }

    @Test
    void goesOnWithinAnEpochAsIfItHadNotBeenInterrupted() {
        try (Batches batches = stream(50, 9, 6).batches(4)) {
            batches.shuffle(1, 7);
            List<Integer> whole = drain(batches.iterator());
            for (int after = 0; after <= batches.count(); after++) {
                assertThat(drain(batches.after(after))).isEqualTo(whole.subList(Math.min(4 * after, 50), 50));
            }
        }
    }

    @Test
    void dropsALastBatchThatIsNotFull() {
        try (Batches batches = stream(10, 3, 4).batches(4, true)) {
            assertThat(batches.count()).isEqualTo(2);
            assertThat(drain(batches.iterator())).hasSize(8);
        }
        assertThat(drain(part(0, 10).batches(4, true).iterator())).hasSize(8);
        assertThat(part(0, 10).batches(4, true).samples()).isEqualTo(8);
        assertThatThrownBy(() -> part(0, 3).batches(4, true)).hasMessageContaining("leaves none of 3 samples");
    }

    @Test
    void saysWhenTheStreamIsNotWhatWasAnnounced() {
        assertThatThrownBy(() -> drain(
                        Dataset.streamed(9, 2, () -> parts(8, 3)).batches(4).iterator()))
                .hasMessage(
                        "The stream ended after 8 samples, but 9 were announced; announce as many as each epoch gives.");
        assertThatThrownBy(() -> drain(
                        Dataset.streamed(7, 2, () -> parts(8, 3)).batches(4).iterator()))
                .hasMessageContaining("more samples than the 7");
        assertThatThrownBy(() -> drain(Dataset.streamed(
                                4,
                                2,
                                () -> List.of(part(0, 2), Dataset.ofInputs(Tensor.zeros(2, 3)))
                                        .iterator())
                        .batches(2)
                        .iterator()))
                .hasMessageContaining("began with 'input' [2], 'target' of ints []");
    }

    @Test
    void anErrorOfTheReadingThreadReachesTheTraining() {
        Dataset broken = Dataset.streamed(4, 2, () -> new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Dataset next() {
                if (begun) {
                    throw new IllegalStateException("the disk is gone");
                }
                begun = true;
                return part(0, 2);
            }
        });
        assertThatThrownBy(() -> drain(broken.batches(4).iterator()))
                .isInstanceOf(DataException.class)
                .hasMessage("The stream could not be read: the disk is gone.");
        Dataset withNull =
                Dataset.streamed(4, 2, () -> Arrays.asList(part(0, 2), null).iterator());
        assertThatThrownBy(() -> drain(withNull.batches(4).iterator()))
                .hasMessageContaining("A part of the stream is null");
    }

    /** Its end is awaited by its closing. */
    private static final class Endless implements Iterator<Dataset>, AutoCloseable {
        private final CountDownLatch closed;

        private Endless(CountDownLatch closed) {
            this.closed = closed;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Dataset next() {
            return part(0, 2);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void whatIsNotReadToItsEndIsClosed() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(2); // of the look at the first part, and of the epoch
        try (Batches batches =
                Dataset.streamed(1000, 2, () -> new Endless(closed)).batches(2)) {
            batches.iterator().next();
        }
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hasNoTensorsOfAllSamples() {
        Dataset stream = stream(10, 2, 3);
        assertThat(stream.size()).isEqualTo(10);
        assertThat(stream.beginning().size()).isEqualTo(3);
        assertThatThrownBy(stream::inputs).hasMessageContaining("not in memory");
        assertThatThrownBy(() -> stream.split(0.5, 1)).hasMessageContaining("not in memory");
        assertThatThrownBy(() -> Dataset.streamed(3, 1, List.<Dataset>of()::iterator))
                .hasMessage("The stream is empty; its first part must have samples.");
    }
}
