package dev.lossforge.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer.Moment;
import dev.lossforge.runtime.training.TrainingSnapshot.EpochProgress;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path scratch;

    private final List<String> told = new ArrayList<>();

    private Path folder() {
        return scratch.resolve("checkpoints");
    }

    private Checkpoints open() {
        return Checkpoints.in(folder()).telling(told::add);
    }

    /** A snapshot with something of everything. */
    static TrainingSnapshot snapshot(int epoch, int step) {
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("dense.weights", Tensor.matrix(new float[] {1, Float.NaN}, new float[] {-0f, epoch}));
        parameters.put("dense.bias", Tensor.vector(step, 1f / 3));
        SequencedMap<String, String> plan = new LinkedHashMap<>();
        plan.put("model", "[2] → dense Dense[…]");
        Scores scores = new Scores(0.1 + epoch, Map.of("error", 0.1 / 3), Map.of("accuracy", 1.0 / 3));
        History.Epoch result = new History.Epoch(1, scores, 2.5, 20, Optional.of(new Evaluation(scores, 7)));
        return new TrainingSnapshot(
                new TrainingSnapshot.Plan(plan),
                new TrainingControl.Position(0, epoch, step),
                step == 5,
                List.of(result, new History.Epoch(2, scores, 0.1, 1, Optional.empty())),
                new EpochProgress(0.7, Map.of("loss", List.of(Double.NaN, Double.MIN_VALUE, -0.0))),
                parameters,
                new OptimizerState(epoch * 100L + step, Map.of("dense.bias/velocity", Tensor.vector(3, 4))),
                1e-3,
                Map.of(
                        "stop",
                        new Callback.Stateful.State(
                                Map.of("best", List.of(Double.POSITIVE_INFINITY)),
                                Map.of("dense.bias", Tensor.vector(5, 6)))));
    }

    private void save(Checkpoints checkpoints, int epoch, int step) {
        TrainingSnapshot snapshot = snapshot(epoch, step);
        checkpoints.checkpoint(Moment.EPOCH, snapshot.optimizer().step(), () -> snapshot);
    }

    private List<String> names() throws IOException {
        return Checkpoints.list(folder()).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private Optional<Checkpoint> latest() throws IOException {
        try (Checkpoints checkpoints = open()) {
            return checkpoints.latest(any -> {});
        }
    }

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        try (Checkpoints checkpoints = open().withNotes(Map.of("option", "ä \"1\""))) {
            save(checkpoints, 3, 5);
        }
        Checkpoint checkpoint = latest().orElseThrow();
        assertThat(checkpoint.snapshot()).isEqualTo(snapshot(3, 5));
        assertThat(checkpoint.notes()).isEqualTo(Map.of("option", "ä \"1\""));
        assertThat(told).isEmpty();
    }

    @Test
    void keepsTheLastFewInOrder() throws IOException {
        try (Checkpoints checkpoints = open().keeping(3)) {
            for (int epoch = 9998; epoch <= 10_001; epoch++) {
                save(checkpoints, epoch, 0);
                save(checkpoints, epoch, 20);
            }
            assertThat(checkpoints.last()).contains(folder().resolve("epoch-10001-step-000020"));
        }
        assertThat(names())
                .containsExactly("epoch-10001-step-000020", "epoch-10001-step-000000", "epoch-10000-step-000020");
        assertThat(folder()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void isDueAtTheEndsOfEpochsAndEverySoManySteps() throws IOException {
        try (Checkpoints checkpoints = open().everySteps(10).keeping(100)) {
            TrainingSnapshot begin = snapshot(1, 0);
            checkpoints.checkpoint(Moment.BEGIN, 0, () -> begin);
            for (int step = 1; step <= 25; step++) {
                TrainingSnapshot snapshot = snapshot(1, step);
                checkpoints.checkpoint(Moment.STEP, step, () -> snapshot);
            }
            TrainingSnapshot end = snapshot(2, 0);
            checkpoints.checkpoint(Moment.EPOCH, 25, () -> end);
        }
        assertThat(names())
                .containsExactly(
                        "epoch-0002-step-000000",
                        "epoch-0001-step-000020",
                        "epoch-0001-step-000010",
                        "epoch-0001-step-000000");
    }

    @Test
    void usesTheOneBeforeADamagedOne() throws IOException {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 0);
            save(checkpoints, 2, 0);
        }
        Path newest = Checkpoints.list(folder()).getFirst();
        for (String name :
                List.of("state.json", "model.safetensors", "optimizer.safetensors", "callbacks.safetensors")) {
            Path file = newest.resolve(name);
            byte[] good = Files.readAllBytes(file);
            byte[] flipped = good.clone();
            flipped[good.length - 3] ^= 1;
            for (byte[] bad : List.of(flipped, Arrays.copyOf(good, good.length / 2), new byte[0])) {
                Files.write(file, bad);
                told.clear();
                assertThat(latest()).map(Checkpoint::snapshot).contains(snapshot(1, 0));
                assertThat(told)
                        .singleElement()
                        .asString()
                        .startsWith("The checkpoint epoch-0002-step-000000 is not used: ")
                        .contains(file.toString());
            }
            Files.delete(file);
            assertThat(latest()).map(Checkpoint::snapshot).contains(snapshot(1, 0));
            Files.write(file, good);
        }
        assertThat(latest()).map(Checkpoint::snapshot).contains(snapshot(2, 0));
    }

    @Test
    void everyFlippedByteOfTheStateIsNoticed() throws IOException {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 0);
        }
        Path file = Checkpoints.list(folder()).getFirst().resolve("state.json");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            assertThat(latest()).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void refusesANewerFormatAFileOfAnotherCheckpointAndWhatIsNotWanted() throws IOException {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 0);
            save(checkpoints, 2, 0);
            save(checkpoints, 3, 0);
        }
        List<Path> all = Checkpoints.list(folder());
        Path state = all.get(0).resolve("state.json");
        Files.writeString(state, Files.readString(state).replace("\"format\": 1", "\"format\": 2"));
        Files.copy(
                all.get(2).resolve("model.safetensors"),
                all.get(1).resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(latest()).map(Checkpoint::snapshot).contains(snapshot(1, 0));
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("format 2, newer than format 1", "use the version that wrote it");
        assertThat(told.get(1)).contains("belongs to another checkpoint");
        try (Checkpoints checkpoints = open()) {
            assertThat(checkpoints.latest(checkpoint -> {
                        throw new ConfigurationException("It is of another model.");
                    }))
                    .isEmpty();
        }
        assertThat(told.getLast()).endsWith("is not used: It is of another model.");
    }

    @Test
    void whatWasRefusedIsPutAsideNotDeleted() throws IOException {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 0);
            save(checkpoints, 2, 0);
        }
        Path newest = Checkpoints.list(folder()).getFirst();
        Files.writeString(newest.resolve("state.json"), "{\"format\": 9}");
        try (Checkpoints checkpoints = open().keeping(1)) {
            assertThat(checkpoints.latest(any -> {})).map(Checkpoint::snapshot).contains(snapshot(1, 0));
            save(checkpoints, 1, 7);
            assertThat(newest).isDirectory();
            save(checkpoints, 2, 0);
        }
        assertThat(latest()).map(Checkpoint::snapshot).contains(snapshot(2, 0));
        assertThat(folder().resolve("epoch-0002-step-000000.refused")).isDirectory();
        assertThat(names()).containsExactly("epoch-0002-step-000000");
    }

    @Test
    void sweepsWhatAKilledProcessLeft() throws IOException {
        Path partial = Files.createDirectories(folder().resolve(".epoch-0001-step-000000-x.part"));
        Files.write(partial.resolve("model.safetensors"), new byte[100]);
        Files.createDirectories(folder().resolve("epoch-0001-step-000000.refused"));
        Files.writeString(folder().resolve("epoch-0009-step-000000"), "a file, not a folder");
        assertThat(latest()).isEmpty();
        assertThat(partial).doesNotExist();
        assertThat(told).isEmpty();
    }

    @Test
    void aTrainingThatBeginsAnewDoesNotMixWithAnother() {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 3);
        }
        try (Checkpoints checkpoints = open()) {
            assertThatThrownBy(() -> checkpoints.checkpoint(Moment.BEGIN, 0, () -> snapshot(1, 0)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("checkpoints of another training");
        }
    }

    @Test
    void onlyOneProcessTrainsInAFolder() {
        try (Checkpoints checkpoints = open()) {
            assertThat(checkpoints.last()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Another process trains in " + folder());
        }
        open().close();
    }

    @Test
    void aFullDiskIsToldAndTheOneBeforeStays() throws IOException {
        Configuration small = Configuration.unix().toBuilder()
                .setBlockSize(512)
                .setMaxSize(10 * 512)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path folder = disk.getPath("/checkpoints");
            try (Checkpoints checkpoints = Checkpoints.in(folder).telling(told::add)) {
                save(checkpoints, 1, 0);
                assertThat(told).isEmpty();
                save(checkpoints, 2, 0);
                assertThat(told)
                        .singleElement()
                        .asString()
                        .contains(
                                "epoch-0002-step-000000 could not be written",
                                "out of disk space",
                                "the last one is epoch-0001-step-000000");
                assertThat(checkpoints.last()).contains(folder.resolve("epoch-0001-step-000000"));
            }
            try (Checkpoints checkpoints = Checkpoints.in(folder)) {
                assertThat(checkpoints.latest(any -> {}))
                        .map(Checkpoint::snapshot)
                        .contains(snapshot(1, 0));
            }
            assertThat(folder).isDirectoryNotContaining("glob:**.part");
        }
    }

    @Test
    void aReadOnlyFolderIsToldAndTheOneBeforeStays() throws IOException {
        try (Checkpoints checkpoints = open()) {
            save(checkpoints, 1, 0);
            assumeTrue(folder().toFile().setWritable(false), "this file system has no permissions");
            assumeFalse(Files.isWritable(folder()), "the superuser may write everywhere");
            save(checkpoints, 2, 0);
            assertThat(told).singleElement().asString().contains("AccessDenied", folder() + " read-only");
            assertThat(names()).containsExactly("epoch-0001-step-000000");
        } finally {
            assertThat(folder().toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Files.writeString(folder(), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Checkpoints cannot be written to " + folder());
    }
}
