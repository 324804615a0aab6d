package dev.lossforge.cli.run;

import dev.lossforge.cli.argument.JsonProblem;
import dev.lossforge.digits.MnistData.Origin;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.report.TrainingCurve;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of a run, stored in {@value #FILE}.
 *
 * @param epochs the epochs so far
 * @param curve the loss and the learning rate within the epochs; null in records by older versions
 * @param test the scores on the test set; null until the training is done
 * @param error the reason why the run ended early; null if it did not
 */
public record RunRecord(
        List<Epoch> epochs,
        @Nullable Curve curve,
        @Nullable Test test,
        @Nullable String error,
        Options options,
        long seed,
        String backend,
        String jdk,
        Origin data) {

    /** The name of the file. */
    public static final String FILE = "history.json";

    /** Maximum number of bytes to read from the file. */
    static final int MAX_BYTES = 16 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public RunRecord {
        epochs = List.copyOf(Objects.requireNonNullElse(epochs, List.of()));
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(jdk, "jdk");
        Objects.requireNonNull(data, "data");
    }

    /**
     * The scores over the epoch's training images, and its speed.
     *
     * @param parts the parts of the loss, by name; null if it has none
     * @param validation the scores over the validation images; null if there are none
     */
    public record Epoch(
            double loss,
            @Nullable Map<String, Double> parts,
            double accuracy,
            double seconds,
            double imagesPerSecond,
            @Nullable Test validation) {
        public static Epoch of(History.Epoch result) {
            return new Epoch(
                    result.loss(),
                    partsOf(result.scores()),
                    result.accuracy(),
                    result.seconds(),
                    result.samplesPerSecond(),
                    result.validation().map(Test::of).orElse(null));
        }
    }

    /**
     * Values within the epochs.
     *
     * @param epoch the time of each point, in epochs since the beginning
     * @param loss the mean loss since the previous point
     * @param learningRate the learning rate at each point
     * @param gradientNorm the mean norm since the previous point; null if the backend does not provide it, and in
     *     records by older versions
     */
    public record Curve(
            List<Double> epoch,
            List<Double> loss,
            List<Double> learningRate,
            @Nullable List<Double> gradientNorm) {
        public Curve {
            epoch = List.copyOf(epoch);
            loss = List.copyOf(loss);
            learningRate = List.copyOf(learningRate);
            gradientNorm = gradientNorm == null ? null : List.copyOf(gradientNorm);
        }

        public static Curve of(TrainingCurve curve) {
            boolean said = curve.norms().stream().noneMatch(norm -> norm.isNaN());
            return new Curve(curve.times(), curve.losses(), curve.rates(), said ? curve.norms() : null);
        }
    }

    /**
     * Scores over images that were not used for training.
     *
     * @param parts the parts of the loss, by name; null if it has none
     */
    public record Test(double loss, @Nullable Map<String, Double> parts, double accuracy) {
        public static Test of(Evaluation evaluation) {
            return new Test(evaluation.loss(), partsOf(evaluation.scores()), evaluation.accuracy());
        }

        /** The scores as text, as in {@code test loss 0.0312 accuracy 0.9911}. */
        public String text() {
            return "test loss " + Decimals.of(loss) + "  accuracy " + Decimals.of(accuracy);
        }
    }

    private static @Nullable Map<String, Double> partsOf(Scores scores) {
        return scores.parts().isEmpty() ? null : scores.parts();
    }

    /**
     * The options that the user chose.
     *
     * @param limit the number of training images; null for all
     * @param device the device of the backend; null if the backend chose it
     * @param checkpointEvery the number of steps between checkpoints; 0 in records by older versions, which have no
     *     checkpoints
     * @param keep the number of checkpoints to keep
     * @param steering the options that control the training; none in records by older versions
     */
    public record Options(
            int epochs,
            int batchSize,
            double learningRate,
            @Nullable Integer limit,
            String backend,
            @Nullable String device,
            int threads,
            String data,
            int checkpointEvery,
            int keep,
            Steering steering) {

        public Options {
            steering = Objects.requireNonNullElse(steering, Steering.NONE);
        }

        /** The options as JSON on one line; see {@link #parse}. */
        public String json() {
            return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this);
        }

        /** Parses the result of {@link #json}. */
        public static Options parse(String json) {
            try {
                return JSON.readValue(json, Options.class);
            } catch (JacksonException e) {
                throw new DataException(
                        "The options of the run are damaged: " + JsonProblem.of(e) + "; train it again.", e);
            }
        }

        /** The same options with another number of epochs. */
        public Options withEpochs(int newEpochs) {
            return new Options(
                    newEpochs,
                    batchSize,
                    learningRate,
                    limit,
                    backend,
                    device,
                    threads,
                    data,
                    checkpointEvery,
                    keep,
                    steering);
        }
    }

    /** The record as indented JSON in UTF-8. */
    public byte[] json() {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the record of the run in a folder.
     *
     * @throws DataException if it does not exist or is damaged
     */
    public static RunRecord read(Path run) throws IOException {
        Path file = run.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no run in " + run + ": it has no file " + FILE
                    + "; give the folder to which a training wrote its results.");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new DataException(file + " has more than " + MAX_BYTES + " bytes; it is no record of a run.");
            }
            return JSON.readValue(bytes, RunRecord.class);
        } catch (JacksonException e) {
            throw new DataException(file + " is damaged: " + JsonProblem.of(e) + "; train the run again.", e);
        }
    }
}
