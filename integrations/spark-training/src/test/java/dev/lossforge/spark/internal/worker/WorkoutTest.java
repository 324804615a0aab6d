package dev.lossforge.spark.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.spark.internal.ring.Peer;
import dev.lossforge.spark.internal.ring.Ring;
import dev.lossforge.spark.internal.ring.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers in threads of this process, without Spark. */
@Timeout(120)
class WorkoutTest {
    private static final int SAMPLES = 64;
    private static final String HOST = "127.0.0.1";

    @TempDir
    private Path folder;

    /** What the tests vary of an {@link Assignment}. */
    private record Plan(int workers, int epochs, int shareSize, boolean shuffled, int averageEvery, int stepsPerJob) {}

    private Assignment assignment(Sequential model, double rate, Plan plan) throws Exception {
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        return new Assignment(
                Files.readAllBytes(file),
                CompileForm.of(options(rate).spec(0)),
                List.of(),
                plan.workers(),
                1,
                plan.epochs(),
                plan.shareSize(),
                plan.shuffled(),
                false,
                null,
                plan.averageEvery(),
                plan.stepsPerJob(),
                Duration.ofSeconds(60));
    }

    private static CompileOptions options(double rate) {
        return CompileOptions.of(Sgd.of(rate), new HalfSquaredErrorLoss()).withThreads(1);
    }

    /** The samples of one of so many workers, dealt out in turn. */
    private static Dataset share(Dataset all, int rank, int workers) {
        int width = all.inputs().shape().extent(1);
        int count = all.size() / workers;
        float[] inputs = new float[count * width];
        float[] targets = new float[count];
        for (int i = 0; i < count; i++) {
            int row = i * workers + rank;
            System.arraycopy(all.inputs().array(), row * width, inputs, i * width, width);
            targets[i] = ((Tensor) all.targets()).array()[row];
        }
        return Dataset.of(Tensor.over(inputs, count, width), Tensor.over(targets, count, 1));
    }

    /** A job of all workers; returns what the first one made of it. */
    private static TrainingSnapshot job(Assignment told, Dataset all, @Nullable TrainingSnapshot from)
            throws Exception {
        Token token = Token.random();
        List<Ring> rings = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int rank = 0; rank < told.workers(); rank++) {
                rings.add(new Ring(rank, told.workers(), token, told.limit(), HOST));
                peers.add(new Peer(rank, HOST, rings.get(rank).port()));
            }
            for (int rank = 0; rank < told.workers(); rank++) {
                int own = rank;
                Dataset share = share(all, own, told.workers());
                outcomes.add(threads.submit(() -> {
                    try (Ring ring = rings.get(own);
                            Workout workout = new Workout(told, ring, own, HOST, share)) {
                        ring.join(peers);
                        return workout.run(from == null ? null : SnapshotFiles.of(from), 0);
                    }
                }));
            }
        }
        Outcome first = outcomes.getFirst().get();
        for (Future<Outcome> outcome : outcomes) {
            assertThat(outcome.get().digest()).isEqualTo(first.digest());
            assertThat(outcome.get().end()).isEqualTo(first.end());
        }
        SnapshotFiles files = first.snapshot();
        assertThat(files).isNotNull();
        return files.toSnapshot();
    }

    private static float[] weights(TrainingSnapshot snapshot) {
        return snapshot.parameters().firstEntry().getValue().array();
    }

    private static Sequential linear(int inputs) {
        return Sequential.builder().input(inputs).add(Dense.of(1)).seed(3).build();
    }

    /** Sample i alone has the input i, so that a step moves the weights of the samples of its batch. */
    private static Dataset distinct() {
        float[] inputs = new float[SAMPLES * SAMPLES];
        float[] targets = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            inputs[i * SAMPLES + i] = 1;
            targets[i] = 100 + i;
        }
        return Dataset.of(Tensor.over(inputs, SAMPLES, SAMPLES), Tensor.over(targets, SAMPLES, 1));
    }

    /** With one order on all workers, rows that are neighbours in the data would meet in one batch in every epoch. */
    @Test
    void eachWorkerShufflesByItself() throws Exception {
        try (Sequential model = linear(SAMPLES)) {
            float[] before = model.parameters().firstEntry().getValue().array();
            Assignment told = assignment(model, 0.1, new Plan(2, 1, 8, true, 0, 1));
            TrainingSnapshot after = job(told, distinct(), null);
            List<Set<Integer>> places = List.of(new TreeSet<>(), new TreeSet<>());
            for (int i = 0; i < SAMPLES; i++) {
                if (weights(after)[i] != before[i]) {
                    places.get(i % 2).add(i / 2);
                }
            }
            assertThat(places.get(0)).hasSize(8).isNotEqualTo(places.get(1));
            assertThat(places.get(1)).hasSize(8);
            assertThat(weights(job(told, distinct(), null))).isEqualTo(weights(after));
        }
    }

    /** The orders of all epochs, and the place in them, survive the ends of jobs. */
    @Test
    void jobsOfAFewStepsMakeTheSameTraining() throws Exception {
        try (Sequential model = linear(SAMPLES)) {
            TrainingSnapshot whole = job(assignment(model, 0.1, new Plan(2, 2, 8, true, 0, 99)), distinct(), null);
            Assignment told = assignment(model, 0.1, new Plan(2, 2, 8, true, 0, 3));
            TrainingSnapshot state = job(told, distinct(), job(told, distinct(), job(told, distinct(), null)));
            assertThat(weights(state)).isEqualTo(weights(whole));
            assertThat(state.epochs()).hasSize(2);
            for (int epoch = 0; epoch < 2; epoch++) {
                assertThat(state.epochs().get(epoch).loss())
                        .isEqualTo(whole.epochs().get(epoch).loss());
            }
        }
    }

    /** A weight is moved twice, by 1 or 2 each time; only the order of sums may differ. */
    @Test
    void oneWorkerTakesTheBatchesOfOneMachine() throws Exception {
        try (Sequential model = linear(SAMPLES)) {
            Assignment told = assignment(model, 0.1, new Plan(1, 2, 8, true, 0, 99));
            TrainingSnapshot one = job(told, distinct(), null);
            model.compile(options(0.1).withBackend("cpu"));
            model.fit(distinct(), FitOptions.epochs(2).withBatchSize(8));
            assertThat(weights(one))
                    .containsExactly(model.parameters().firstEntry().getValue().array(), within(1e-3f));
        }
    }

    /**
     * One sample per worker: of 400 inputs each drops about half, together about a quarter. With the same draws it
     * would be half; 100 and 200 are ten standard deviations apart.
     */
    @Test
    void workersThatAverageDropOnTheirOwn() throws Exception {
        int inputs = 400;
        try (Sequential model = Sequential.builder()
                .input(inputs)
                .add(Dropout.of(0.5))
                .add(Dense.of(1))
                .seed(3)
                .build()) {
            float[] before = model.parameters().firstEntry().getValue().array();
            float[] ones = new float[2 * inputs];
            Arrays.fill(ones, 1);
            Dataset data = Dataset.of(Tensor.over(ones, 2, inputs), Tensor.over(new float[] {100, 100}, 2, 1));
            TrainingSnapshot averaged = job(assignment(model, 1e-4, new Plan(2, 1, 1, false, 1, 99)), data, null);
            int still = 0;
            for (int i = 0; i < inputs; i++) {
                still += weights(averaged)[i] == before[i] ? 1 : 0;
            }
            assertThat(still).isBetween(65, 135);
            // Plain descent: the mean of steps is the step along the mean, of about 0.02 in all.
            TrainingSnapshot together = job(assignment(model, 1e-4, new Plan(2, 1, 1, false, 0, 99)), data, null);
            assertThat(weights(averaged)).containsExactly(weights(together), within(1e-6f));
        }
    }

    /**
     * At a rate that moves nothing, the mean over the samples of all workers is known, however jobs divide the epochs.
     */
    @Test
    void tellsTheLossOfAllWorkersWhenTheyAverage() throws Exception {
        try (Sequential model = linear(SAMPLES)) {
            Assignment told = assignment(model, 1e-12, new Plan(2, 2, 8, false, 3, 3));
            TrainingSnapshot state = job(told, distinct(), job(told, distinct(), job(told, distinct(), null)));
            model.compile(options(1).withBackend("cpu"));
            double all = model.evaluate(distinct()).loss();
            assertThat(state.epochs())
                    .hasSize(2)
                    .allSatisfy(epoch -> assertThat(epoch.loss()).isCloseTo(all, within(1e-5 * all)));
        }
    }
}
