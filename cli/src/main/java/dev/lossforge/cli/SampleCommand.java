package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.digits.DataChoice;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge sample}: lists the samples, or runs one by its number or name. */
@Command(
        name = "sample",
        description = "Runs a sample; without a name, lists them all.",
        footerHeading = "%nExamples:%n",
        footer = {"  lossforge sample", "  lossforge sample 1", "  lossforge sample outliers --out plots"})
final class SampleCommand implements Callable<Integer> {
    /** Listed in every build, and replaced by the samples themselves if their libraries are present. */
    private static final List<Lesson> APART = List.of(
            new OptionalLesson(
                    10,
                    "gradient-boosting",
                    "losses with a Hessian as objectives of XGBoost and LightGBM, compared with the built-in ones"),
            new OptionalLesson(
                    11, "djl-digits", "wrong labels: a network of the Deep Java Library with a loss that DJL lacks"),
            new OptionalLesson(
                    12,
                    "boosting-on-spark",
                    "the cost of errors as the objective of XGBoost on Spark; a pipeline that is saved and loaded"),
            new OptionalLesson(
                    13,
                    "digits-on-spark",
                    "a network trained by two workers of Spark, and what they spend their time on"));

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "The number or the name of a sample.")
    private @Nullable String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "plots",
            description = "The folder for pictures; '${DEFAULT-VALUE}' by default.")
    private Path out;

    @Option(
            names = "--data",
            paramLabel = "auto|generated|DIR",
            defaultValue = "auto",
            description = "The source of digits for samples 6, 9, 11 and 13, as in 'lossforge train mnist';"
                    + " '${DEFAULT-VALUE}' by default.")
    private String data;

    /** The names of the samples, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return samples().stream().map(Lesson::name).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter writer = spec.commandLine().getOut();
        if (name == null) {
            for (Lesson sample : samples()) {
                writer.println("%2d  %-20s %s".formatted(sample.number(), sample.name(), sample.summary()));
            }
        } else {
            Lesson sample = find(name);
            try (RunFolder folder = RunFolder.of(out)) {
                sample.run(new SampleContext(writer, folder.path(), this::digits));
            }
        }
        writer.flush();
        return spec.exitCodeOnSuccess();
    }

    private MnistData digits(int limit) throws IOException {
        return new MnistSource(new DataProgress(Screen.of(spec))).load(DataChoice.parse(data), limit);
    }

    /** The samples in the order of their numbers. */
    private static List<Lesson> samples() {
        SortedMap<Integer, Lesson> samples = new TreeMap<>();
        APART.forEach(sample -> samples.put(sample.number(), sample));
        ServiceLoader.load(Lesson.class).forEach(sample -> samples.put(sample.number(), sample));
        return List.copyOf(samples.values());
    }

    private static Lesson find(String name) {
        return samples().stream()
                .filter(sample -> name.equals(sample.name()) || name.equals(Integer.toString(sample.number())))
                .findFirst()
                .orElseThrow(() ->
                        new ArgumentException("There is no sample '" + name + "'; 'lossforge sample' lists them"));
    }
}
