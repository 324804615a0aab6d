package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.files.FileProblem;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves a training to a folder: at the beginning, after every epoch, after every N steps, and when it is interrupted.
 * Only the last few checkpoints are kept.
 *
 * <pre>{@code
 * try (Checkpoints checkpoints = Checkpoints.in(Path.of("checkpoints")).everySteps(500)) {
 *     FitOptions options = FitOptions.epochs(5).withCheckpointer(checkpoints);
 *     Optional<Checkpoint> last = checkpoints.latest(any -> {});
 *     History history = last.isEmpty()
 *             ? model.fit(data, options)
 *             : model.resume(data, options, last.get().snapshot());
 * }
 * }</pre>
 *
 * <p>A checkpoint cannot be written if the disk is full or the folder is read-only. The previous one then stays, and
 * the listener is notified. The training continues and tries again with the next checkpoint. A lock keeps a second
 * process from training in the same folder.
 */
public final class Checkpoints implements Checkpointer, AutoCloseable {
    private final CheckpointFolder folder;
    private final FileChannel lock;
    private int everySteps = Integer.MAX_VALUE;
    private int keep = 3;
    private Map<String, String> notes = Map.of();
    private Consumer<String> listener =
            sentence -> System.getLogger(Checkpoints.class.getName()).log(System.Logger.Level.WARNING, sentence);
    private @Nullable Path last;
    private long lastUpdates;

    private Checkpoints(CheckpointFolder folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Saves to this folder, which is created if it does not exist. Incomplete files of a killed process are deleted.
     *
     * @throws ConfigurationException if the folder cannot be created or written, or another process trains in it
     */
    public static Checkpoints in(Path path) {
        CheckpointFolder folder = CheckpointFolder.at(path);
        try {
            Files.createDirectories(path);
            FileChannel lock = locked(path);
            folder.sweep();
            return new Checkpoints(folder, lock);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "Checkpoints cannot be written to " + path + ": " + FileProblem.of(e) + "; choose another folder.");
        }
    }

    /** The checkpoints in a folder, the latest first; none if the folder does not exist. */
    public static List<Path> list(Path folder) throws IOException {
        return CheckpointFolder.at(folder).list();
    }

    /**
     * Reads one of the checkpoints.
     *
     * @throws CheckpointException if it cannot be used
     */
    public static Checkpoint read(Path checkpoint) throws IOException {
        return CheckpointFolder.read(checkpoint);
    }

    /**
     * The latest checkpoint in a folder that is complete and accepted, without locking the folder.
     *
     * @param requirement throws a {@link dev.lossforge.runtime.LossforgeException} to reject a checkpoint, such as one
     *     of another model
     * @param refused receives, for each later checkpoint, the reason why it is not used
     */
    public static Optional<Checkpoint> latest(Path folder, Consumer<Checkpoint> requirement, Consumer<String> refused)
            throws IOException {
        return CheckpointFolder.at(folder).latest(requirement, refused);
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new ConfigurationException("Another process trains in " + path
                    + " at this moment; wait for it to end, or choose another folder.");
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Also saves after every {@code steps} steps; by default only after epochs. */
    public Checkpoints everySteps(int steps) {
        everySteps = requirePositive("number of steps between checkpoints", steps);
        return this;
    }

    /** The number of checkpoints to keep; 3 by default. */
    public Checkpoints keeping(int checkpoints) {
        keep = requirePositive("number of checkpoints to keep", checkpoints);
        return this;
    }

    private static int requirePositive(String what, int value) {
        if (value < 1) {
            throw new ConfigurationException("The " + what + " is at least 1, but " + value + " is given.");
        }
        return value;
    }

    /** Adds notes to every checkpoint, for the program that resumes; see {@link Checkpoint#notes}. */
    public Checkpoints withNotes(Map<String, String> notes) {
        this.notes = notes;
        return this;
    }

    /**
     * Sets the listener, which gets a sentence when a checkpoint could not be written; by default the system's logger.
     */
    public Checkpoints telling(Consumer<String> listener) {
        this.listener = listener;
        return this;
    }

    /**
     * The latest checkpoint that is complete and accepted, to resume from. For each later one, the listener gets the
     * reason why it is not used.
     *
     * @param requirement throws a {@link dev.lossforge.runtime.LossforgeException} to reject a checkpoint, such as one
     *     of another model
     */
    public Optional<Checkpoint> latest(Consumer<Checkpoint> requirement) throws IOException {
        Optional<Checkpoint> latest = folder.latest(requirement, listener);
        latest.ifPresent(checkpoint -> last = folder.of(checkpoint.snapshot().position()));
        return latest;
    }

    /** The last checkpoint that this process wrote or resumed from, if any. */
    public Optional<Path> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot) {
        if (moment == Moment.BEGIN && last == null) {
            requireEmpty();
        }
        boolean due = switch (moment) {
            case BEGIN, EPOCH, END -> true;
            case STEP -> updates - lastUpdates >= everySteps;
        };
        if (due) {
            save(new Checkpoint(snapshot.get(), notes));
            lastUpdates = updates;
        }
    }

    /** Checks that the folder has no checkpoints, because a new training must not mix its own with those of another. */
    private void requireEmpty() {
        try {
            if (!folder.list().isEmpty()) {
                throw new ConfigurationException("There are checkpoints of another training in " + folder.path()
                        + "; resume that one, or choose another folder.");
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The folder " + folder.path() + " cannot be read (" + e.getMessage() + "); choose another folder.");
        }
    }

    private void save(Checkpoint checkpoint) {
        Path target = folder.of(checkpoint.snapshot().position());
        if (target.equals(last)) {
            return;
        }
        try {
            last = folder.write(checkpoint);
            folder.prune(last, keep);
        } catch (IOException e) {
            listener.accept("The checkpoint " + target.getFileName() + " could not be written ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + "); "
                    + (last == null ? "there is none" : "the last one is " + last.getFileName())
                    + "; see whether the disk is full or " + folder.path() + " read-only.");
        }
    }

    /** Releases the folder, so that another process can train in it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The lock ends with the process in any case.
        }
    }

    /**
     * A saved training.
     *
     * @param notes what the training program needs when it resumes, such as its options
     */
    public record Checkpoint(TrainingSnapshot snapshot, Map<String, String> notes) {

        public Checkpoint {
            notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
        }
    }
}
