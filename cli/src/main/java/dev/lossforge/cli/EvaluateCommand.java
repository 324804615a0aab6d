package dev.lossforge.cli;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.digits.DataChoice;
import dev.lossforge.digits.DigitReading;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lossforge evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Tests the network of a run.",
            "",
            "Prints the share of each digit that is read correctly, and the loss and accuracy over the test images. The"
                    + " weights are those at the end of the run or, if it did not finish, of its last good"
                    + " checkpoint.",
            "",
            "On other digits: lossforge evaluate runs/20260131-120000 --data DIR"
        },
        footer = {"", "Exit codes: 0 done; 1 the run or the data cannot be used; 2 wrong usage."})
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Option(
            names = "--data",
            paramLabel = "auto|generated|DIR",
            description = "The source of the test images, as in 'lossforge train mnist'; that of the run by default.")
    private @Nullable String data;

    @Mixin
    private BackendOption backend;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Screen screen = json ? Screen.besideJson(spec) : Screen.of(spec);
        StoredRun stored = StoredRun.at(run.path());
        MnistData digits = new MnistSource(new DataProgress(screen))
                .load(
                        DataChoice.parse(Objects.requireNonNullElse(
                                data, stored.record().options().data())),
                        1);
        Dataset testing = digits.test().toDataset();
        try (Sequential model = stored.model(screen::warn)) {
            model.compile(CompileOptions.of(
                            Adam.of(), stored.record().options().steering().loss())
                    .withMetrics(Metrics.accuracy())
                    .withBackend(backend.asGiven()));
            Evaluation test = model.evaluate(testing);
            if (Double.isNaN(test.loss())) {
                throw diverged(run.path(), "the test images");
            }
            show(screen, digits, test, DigitReading.of(model, digits.test(), testing));
        }
        return spec.exitCodeOnSuccess();
    }

    /** The network of a run whose training diverged computes NaN. */
    static DataException diverged(Path run, String images) {
        return new DataException("The network of " + run + " yields NaN for " + images
                + ": its training diverged; train again with a lower learning rate.");
    }

    private void show(Screen screen, MnistData digits, Evaluation test, DigitReading reading) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("run", run.path().toString());
            object.put("data", digits.origin());
            object.put("images", test.samples());
            object.put("loss", test.loss());
            if (!test.scores().parts().isEmpty()) {
                object.put("parts", test.scores().parts());
            }
            object.put("accuracy", test.accuracy());
            object.put("readRight", reading.recalls());
            object.put("confusion", reading.confusion());
            spec.commandLine().getOut().println(Json.text(object));
            return;
        }
        screen.line("%d test images: %s.".formatted(test.samples(), digits.description()));
        screen.line(reading.accuracies());
        screen.result(RunRecord.Test.of(test).text());
    }
}
