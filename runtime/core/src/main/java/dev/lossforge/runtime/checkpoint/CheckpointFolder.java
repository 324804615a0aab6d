package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.internal.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of checkpoints, each a folder named after the training's position, as in {@code epoch-0002-step-000031}; the
 * last name in order is the latest. A checkpoint is written under another name and renamed when it is complete.
 * Anything with such a name is therefore complete, unless it was damaged later.
 */
final class CheckpointFolder {
    private static final Pattern NAME = Pattern.compile("epoch-\\d{4,}-step-\\d{6,}");
    private static final String ASIDE = ".refused";

    private final Path path;

    private CheckpointFolder(Path path) {
        this.path = path;
    }

    static CheckpointFolder at(Path path) {
        return new CheckpointFolder(path);
    }

    Path path() {
        return path;
    }

    /** The checkpoints, the latest first; none if the folder does not exist. */
    List<Path> list() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(CheckpointFolder::isCheckpoint)
                    .sorted(LATEST_FIRST)
                    .toList();
        }
    }

    /** Longer numbers are larger; equally long ones compare as text. */
    private static final Comparator<Path> LATEST_FIRST = Comparator.comparing(
                    CheckpointFolder::numbers,
                    Comparator.comparingInt((String[] numbers) -> numbers[1].length())
                            .thenComparing(numbers -> numbers[1])
                            .thenComparingInt(numbers -> numbers[3].length())
                            .thenComparing(numbers -> numbers[3]))
            .reversed();

    private static String[] numbers(Path checkpoint) {
        return checkpoint.getFileName().toString().split("-", -1);
    }

    private static boolean isCheckpoint(Path entry) {
        return NAME.matcher(entry.getFileName().toString()).matches() && Files.isDirectory(entry);
    }

    /** The folder of the checkpoint for a position. */
    Path of(TrainingControl.Position position) {
        return path.resolve(String.format(
                Locale.ROOT, "epoch-%04d-step-%06d", position.earlierEpochs() + position.epoch(), position.step()));
    }

    /**
     * Reads one of the checkpoints.
     *
     * @throws CheckpointException if it cannot be used
     */
    static Checkpoint read(Path checkpoint) throws IOException {
        return CheckpointFiles.read(checkpoint);
    }

    /**
     * The latest checkpoint that is complete and accepted.
     *
     * @param requirement throws a {@link LossforgeException} to reject a checkpoint, such as one of another model
     * @param refused receives, for each later checkpoint, the reason why it is not used
     */
    Optional<Checkpoint> latest(Consumer<Checkpoint> requirement, Consumer<String> refused) throws IOException {
        for (Path checkpoint : list()) {
            try {
                Checkpoint read = read(checkpoint);
                requirement.accept(read);
                return Optional.of(read);
            } catch (LossforgeException e) {
                refused.accept("The checkpoint " + checkpoint.getFileName() + " is not used: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Adds a checkpoint. An existing one of this name was refused before; it is moved aside, not deleted. */
    Path write(Checkpoint checkpoint) throws IOException {
        Path target = of(checkpoint.snapshot().position());
        Path partial = DurableFiles.partial(target);
        try {
            Files.createDirectories(path);
            Files.createDirectory(partial);
            CheckpointFiles.write(partial, checkpoint);
            if (Files.exists(target)) {
                Path aside = target.resolveSibling(target.getFileName() + ASIDE);
                DurableFiles.delete(aside);
                DurableFiles.rename(target, aside);
            }
            DurableFiles.rename(partial, target);
            DurableFiles.force(path);
            return target;
        } finally {
            DurableFiles.delete(partial);
        }
    }

    /** Deletes the checkpoints before this one except the last {@code keep - 1}; later ones are not touched. */
    void prune(Path latest, int keep) throws IOException {
        List<Path> earlier = list().stream()
                .filter(other -> LATEST_FIRST.compare(other, latest) > 0)
                .skip(keep - 1L)
                .toList();
        for (Path checkpoint : earlier) {
            // Under a name that no reader uses, so that nobody sees half a checkpoint.
            Path partial = DurableFiles.partial(checkpoint);
            DurableFiles.rename(checkpoint, partial);
            DurableFiles.delete(partial);
        }
    }

    /** Deletes incomplete files of killed processes. */
    void sweep() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().endsWith(".part")) {
                    DurableFiles.delete(entry);
                }
            }
        }
    }
}
