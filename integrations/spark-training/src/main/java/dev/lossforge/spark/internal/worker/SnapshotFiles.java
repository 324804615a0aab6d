package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A training between two steps as it travels: the files of the runtime's checkpoints, checksums included.
 *
 * @param files by name
 */
public record SnapshotFiles(Map<String, byte[]> files) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    public static SnapshotFiles of(TrainingSnapshot snapshot) {
        return inFolder(folder -> {
            try (Checkpoints checkpoints = Checkpoints.in(folder)) {
                checkpoints.checkpoint(
                        Checkpointer.Moment.END, snapshot.optimizer().step(), () -> snapshot);
                Path written =
                        checkpoints.last().orElseThrow(() -> new IOException("the checkpoint could not be written"));
                Map<String, byte[]> files = new LinkedHashMap<>();
                try (Stream<Path> paths = Files.list(written)) {
                    for (Path path : paths.sorted().toList()) {
                        files.put(path.getFileName().toString(), Files.readAllBytes(path));
                    }
                }
                return new SnapshotFiles(files);
            }
        });
    }

    /**
     * The snapshot.
     *
     * @throws dev.lossforge.runtime.checkpoint.CheckpointException if the files were damaged on the way
     */
    public TrainingSnapshot toSnapshot() {
        return inFolder(folder -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return Checkpoints.read(folder).snapshot();
        });
    }

    private interface FolderTask<T> {
        T run(Path folder) throws IOException;
    }

    private static <T> T inFolder(FolderTask<T> task) {
        try {
            Path folder = Files.createTempDirectory("lossforge");
            try {
                return task.run(folder);
            } finally {
                try (Stream<Path> paths = Files.walk(folder)) {
                    List<Path> deepestFirst =
                            paths.sorted(Comparator.reverseOrder()).toList();
                    for (Path path : deepestFirst) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
