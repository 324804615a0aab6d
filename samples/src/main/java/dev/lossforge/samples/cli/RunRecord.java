package dev.lossforge.samples.cli;

import dev.lossforge.runtime.model.EpochResult;
import dev.lossforge.runtime.model.Evaluation;
import dev.lossforge.samples.mnist.MnistData.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as {@code history.json} tells it.
 *
 * @param epochs the epochs so far
 * @param test the scores on the test set; null until the training is done
 * @param error why the run ended early; null if it did not
 */
record RunRecord(
        List<Epoch> epochs,
        @Nullable Test test,
        @Nullable String error,
        Options options,
        long seed,
        String backend,
        String jdk,
        Origin data) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Scores over the epoch's training images, and its speed. */
    record Epoch(double loss, double accuracy, double seconds, double imagesPerSecond) {
        static Epoch of(EpochResult result) {
            return new Epoch(result.loss(), result.accuracy(), result.seconds(), result.samplesPerSecond());
        }
    }

    /** Scores over the test images. */
    record Test(double loss, double accuracy) {
        static Test of(Evaluation evaluation) {
            return new Test(evaluation.loss(), evaluation.accuracy());
        }
    }

    /** What the user chose; {@code limit} is null for all images. */
    record Options(
            int epochs,
            int batchSize,
            double learningRate,
            @Nullable Integer limit,
            String backend,
            int threads,
            String data) {}

    /** As indented JSON in UTF-8. */
    byte[] json() {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
