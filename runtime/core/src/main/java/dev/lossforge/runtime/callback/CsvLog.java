package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.files.OwnFile;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the epochs as a CSV file (RFC 4180), rewritten after each epoch. Its columns are epoch, loss, its parts,
 * metrics, trained hyperparameters, the same for the validation data, seconds, and samples per second. Numbers read
 * back as the same doubles. After an interruption, the table also has the epochs before it. The table of an earlier
 * training is replaced; any other file is not.
 *
 * @param file the table; its folder must exist
 */
public record CsvLog(Path file) implements Callback {
    private static final String NEW_LINE = "\r\n";
    private static final List<String> FIRST_COLUMNS = List.of("epoch", "loss");

    /**
     * Checks conditions on which the end of an epoch would fail.
     *
     * @throws ConfigurationException if the folder does not exist, or the file is not such a table
     */
    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        OwnFile.require(file, "log", CsvLog::isLog);
    }

    private static boolean isLog(Path file) throws IOException {
        byte[] begin = (String.join(",", FIRST_COLUMNS) + ",").getBytes(StandardCharsets.UTF_8);
        try (InputStream stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(begin.length), begin);
        }
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        List<History.Epoch> epochs = training.history().epochs();
        String table =
                header(epochs.getFirst()) + epochs.stream().map(CsvLog::row).collect(Collectors.joining());
        try {
            DurableFiles.replace(file, channel -> {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(table);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + file + " cannot be written.", e);
        }
    }

    private static String header(History.Epoch first) {
        List<String> names = new ArrayList<>(List.of("epoch"));
        names.addAll(names(first.scores()));
        first.validation()
                .ifPresent(validation -> names(validation.scores()).forEach(name -> names.add("validation " + name)));
        names.add("seconds");
        names.add("samples per second");
        return names.stream().map(CsvLog::quoted).collect(Collectors.joining(",", "", NEW_LINE));
    }

    private static List<String> names(Scores scores) {
        List<String> names = new ArrayList<>(List.of("loss"));
        scores.parts().keySet().forEach(name -> names.add("part " + name));
        names.addAll(scores.metrics().keySet());
        scores.hyperparameters().keySet().forEach(name -> names.add("hyperparameter " + name));
        return names;
    }

    private static List<Double> values(Scores scores) {
        List<Double> values = new ArrayList<>(List.of(scores.loss()));
        values.addAll(scores.parts().values());
        values.addAll(scores.metrics().values());
        values.addAll(scores.hyperparameters().values());
        return values;
    }

    private static String quoted(String name) {
        return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String row(History.Epoch result) {
        List<Object> values = new ArrayList<>(List.of(result.epoch()));
        values.addAll(values(result.scores()));
        result.validation().ifPresent(validation -> values.addAll(values(validation.scores())));
        values.add(result.seconds());
        values.add(result.samplesPerSecond());
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "", NEW_LINE));
    }
}
