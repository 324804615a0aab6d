package dev.lossforge.samples.cli;

import dev.lossforge.samples.firstloss.FirstLoss;
import dev.lossforge.samples.gan.DigitGan;
import dev.lossforge.samples.imbalanced.ImbalancedDigits;
import dev.lossforge.samples.io.ArgumentException;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.OptionalLesson;
import dev.lossforge.samples.lesson.Setting;
import dev.lossforge.samples.logistic.LogisticRegression;
import dev.lossforge.samples.mnist.DataChoice;
import dev.lossforge.samples.mnist.MnistData;
import dev.lossforge.samples.mnist.MnistSource;
import dev.lossforge.samples.multilabel.MultiLabel;
import dev.lossforge.samples.outliers.OutlierRegression;
import dev.lossforge.samples.path.RegularisationPath;
import dev.lossforge.samples.svm.LinearSvm;
import dev.lossforge.samples.twotasks.TwoTasks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
    /** In the order of their numbers. */
    private static final List<Lesson> SAMPLES = List.of(
            new FirstLoss(),
            new OutlierRegression(),
            new LinearSvm(),
            new LogisticRegression(),
            new MultiLabel(),
            new ImbalancedDigits(),
            new RegularisationPath(),
            new TwoTasks(),
            new DigitGan(),
            new OptionalLesson(
                    "gradient-boosting",
                    "losses with a Hessian as objectives of XGBoost and LightGBM, against their own"));

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The number or the name of a sample.")
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
            description =
                    "Where samples 6 and 9 get digits, as in 'lossforge train mnist'; '${DEFAULT-VALUE}' by default.")
    private String data;

    @Override
    public Integer call() throws IOException {
        PrintWriter writer = spec.commandLine().getOut();
        if (name == null) {
            for (int i = 0; i < SAMPLES.size(); i++) {
                Lesson sample = SAMPLES.get(i);
                writer.println("%2d  %-20s %s".formatted(i + 1, sample.name(), sample.teaches()));
            }
        } else {
            Lesson sample = find(name);
            try (RunFolder folder = RunFolder.of(out)) {
                sample.run(new Setting(writer, folder.path(), this::digits));
            }
        }
        writer.flush();
        return spec.exitCodeOnSuccess();
    }

    private MnistData digits(int limit) throws IOException {
        return new MnistSource(new DataProgress(Screen.of(spec))).load(DataChoice.parse(data), limit);
    }

    private static Lesson find(String name) {
        for (int i = 0; i < SAMPLES.size(); i++) {
            if (name.equals(SAMPLES.get(i).name()) || name.equals(Integer.toString(i + 1))) {
                return SAMPLES.get(i);
            }
        }
        throw new ArgumentException("There is no sample '" + name + "'; 'lossforge sample' lists them");
    }
}
