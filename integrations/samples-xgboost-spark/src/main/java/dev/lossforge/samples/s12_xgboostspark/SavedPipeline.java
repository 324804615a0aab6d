package dev.lossforge.samples.s12_xgboostspark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;

/** A pipeline in a temporary folder. */
final class SavedPipeline {
    private SavedPipeline() {}

    /** Saves a pipeline, loads it and deletes the files. */
    static PipelineModel reloaded(PipelineModel pipeline) throws IOException {
        Path folder = Files.createTempDirectory("pipeline");
        try {
            String place = folder.resolve("saved").toUri().toString();
            pipeline.save(place);
            return PipelineModel.load(place);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> innermostFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : innermostFirst) {
                Files.delete(path);
            }
        }
    }
}
