package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingInterruptedException;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import dev.lossforge.spark.internal.ring.Ring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A job on one worker: the runtime's own training, begun or resumed, with {@link RingModel} for its steps, until it is
 * complete or the job has had its steps.
 */
final class Workout implements Callback, Checkpointer, AutoCloseable {
    /** What the plan of a training calls that of which each worker has its own. */
    private static final String CHECKSUM = "data's checksum";

    private static final String SEED = "seed";

    private final Assignment assignment;
    private final Ring ring;
    private final int rank;
    private final String host;
    private final Dataset data;
    private final RingBackend backend;
    private final Model model;
    private int stepsPerEpoch;
    private long steps;
    private @Nullable TrainingSnapshot snapshot;

    Workout(Assignment assignment, Ring ring, int rank, String host, Dataset data) {
        this.assignment = assignment;
        this.ring = ring;
        this.rank = rank;
        this.host = host;
        this.data = data;
        long lastStep = (long) assignment.epochs()
                * data.batches(assignment.shareSize(), assignment.droppingLast())
                        .count();
        this.backend = new RingBackend(ring, rank, new RingBackend.Averaging(assignment.averageEvery(), lastStep));
        this.model = load(assignment.model());
        model.compile(assignment.compile().toOptions(backend, assignment.threads()));
    }

    /**
     * Trains, in a ring that is closed.
     *
     * @param from where the training goes on; null at its beginning
     * @param start when the job began on this worker, as {@link System#nanoTime} counts
     */
    Outcome run(@Nullable SnapshotFiles from, long start) {
        double starting = (System.nanoTime() - start) * 1e-9;
        TrainingSnapshot before = from == null ? null : ownSnapshot(from.toSnapshot());
        Outcome.End end = train(before);
        SnapshotFiles ofAll = state(from, before == null ? 0 : before.epochs().size());
        RingModel trained = backend.model();
        Outcome.Times times = new Outcome.Times(
                trained.steps(),
                trained.computedNanos() * 1e-9,
                ring.summedNanos() * 1e-9,
                ring.waitedNanos() * 1e-9,
                starting);
        return new Outcome(rank, host, end, ofAll, digest(model.parameters()), data.checksum(), times);
    }

    @Override
    public void close() {
        model.close();
    }

    /**
     * The state after the job, with the losses of all; the one before it if there was nothing left to do. Only the
     * first worker hands it over.
     */
    private @Nullable SnapshotFiles state(@Nullable SnapshotFiles before, int epochsBefore) {
        TrainingSnapshot ofAll = snapshot == null ? null : Means.over(ring, snapshot, epochsBefore);
        if (rank > 0) {
            return null;
        }
        return ofAll == null ? before : SnapshotFiles.of(ofAll);
    }

    private Outcome.End train(@Nullable TrainingSnapshot from) {
        FitOptions options = FitOptions.epochs(assignment.epochs()).withBatchSize(assignment.shareSize());
        options = assignment.shuffled() ? options : options.inOrder();
        options = assignment.droppingLast() ? options.droppingLast() : options;
        if (assignment.schedule() != null) {
            options = options.withCallback(LearningRateScheduler.everyStep(assignment.schedule()));
        }
        options = options.withCallback(this).withCheckpointer(this);
        try {
            if (from == null) {
                model.fit(data, options);
            } else {
                model.resume(data, options, from);
            }
            return Outcome.End.DONE;
        } catch (TrainingInterruptedException e) {
            return Outcome.End.PAUSED;
        }
    }

    /**
     * The first worker's snapshot, as one of this worker's training, which has other samples. The first worker keeps
     * it, and so refuses a checkpoint that was made with other data.
     */
    private TrainingSnapshot ownSnapshot(TrainingSnapshot first) {
        if (rank == 0) {
            return first;
        }
        SequencedMap<String, String> entries = new LinkedHashMap<>(first.plan().entries());
        entries.put(CHECKSUM, Long.toHexString(data.checksum()));
        entries.put(SEED, Long.toString(backend.model().spec().seed()));
        return new TrainingSnapshot(
                new TrainingSnapshot.Plan(entries),
                first.position(),
                first.stopped(),
                first.epochs(),
                first.progress(),
                first.parameters(),
                first.optimizer(),
                first.learningRate(),
                first.callbacks());
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        stepsPerEpoch = event.stepsPerEpoch();
    }

    /** Ends the job after its steps, but not a training whose last step was one of them. */
    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        steps++;
        boolean last = event.epoch() == assignment.epochs() && event.step() == stepsPerEpoch;
        long ofAll = (event.epoch() - 1L) * stepsPerEpoch + event.step();
        boolean equal = assignment.averageEvery() == 0 || ofAll % assignment.averageEvery() == 0;
        if (steps >= assignment.stepsPerJob() && equal && !last) {
            training.interrupt();
        }
    }

    @Override
    public void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> current) {
        if (moment == Moment.END || moment == Moment.EPOCH) {
            snapshot = current.get();
        }
    }

    private static Model load(byte[] bytes) {
        try {
            Path file = Files.createTempFile("lossforge", ".safetensors");
            try {
                Files.write(file, bytes);
                return Models.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(SequencedMap<String, Tensor> parameters) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parameters.forEach((name, tensor) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.allocate(tensor.size() * Float.BYTES);
                bytes.asFloatBuffer().put(tensor.array());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
