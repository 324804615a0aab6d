package dev.lossforge.cli;

import dev.lossforge.cli.report.RunReport;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.digits.DigitReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The output of a training: lines while it runs, or one JSON object at the end. */
final class TrainingOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object at the end instead of lines.")
    private boolean json;

    private @Nullable Screen screen;

    /** The screen that shows the training. */
    Screen screen() {
        if (screen == null) {
            screen = json ? Screen.besideJson(spec) : Screen.of(spec);
        }
        return screen;
    }

    /** Reports a completed training and test; the scores are on the last line. */
    void finished(Path run, RunRecord record, DigitReading reading) {
        if (json) {
            Map<String, Object> members = RunJson.members(run, record);
            members.put("report", run.resolve(RunReport.FILE).toString());
            print(members);
            return;
        }
        RunRecord.Test test = Objects.requireNonNull(record.test(), "the scores of the test");
        screen().line(reading.accuracies());
        screen().result("results in " + run);
        screen().result(test.text());
    }

    /**
     * Reports an interrupted training.
     *
     * @param checkpoint the last checkpoint; empty if none could be written
     */
    void interrupted(Path run, RunRecord record, Optional<Path> checkpoint) {
        if (json) {
            Map<String, Object> members = RunJson.members(run, record);
            checkpoint.ifPresent(last -> members.put("checkpoint", last.toString()));
            print(members);
            return;
        }
        screen().result(checkpoint
                .map(last -> "Interrupted; %s is kept. Continue with: lossforge resume %s"
                        .formatted(last.getFileName(), ShellWord.of(run)))
                .orElse("Interrupted; no checkpoint could be written."));
    }

    private void print(Map<String, Object> members) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.text(members));
        out.flush();
    }
}
