package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.report.ComparisonReport;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.runtime.internal.chart.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge compare}. */
@Command(
        name = "compare",
        description = {
            "Plots the curves of several runs on one page.",
            "",
            "Prints a line per run. Writes compare.html, a self-contained page, and its charts as PNG files.",
            "",
            "For example: lossforge compare runs/20260131-120000 runs/20260131-130000 --out comparison"
        },
        footer = {"", "Exit codes: 0 done; 1 a run cannot be read or the page not written; 2 wrong usage."})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "The folders of two runs or more.")
    private List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder for the page and the pictures; runs/compare-<time> by default.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (runs.size() < 2) {
            throw new ArgumentException("One run cannot be compared with itself; name two or more");
        }
        List<StoredRun> stored = new ArrayList<>();
        for (Path run : runs) {
            stored.add(StoredRun.at(run));
        }
        ComparisonReport report = new ComparisonReport(stored);
        try (RunFolder folder = out == null ? RunFolder.ofNow(Path.of("runs"), "compare-") : RunFolder.of(out)) {
            folder.write(ComparisonReport.FILE, report.html());
            for (Picture picture : report.pictures()) {
                folder.write(picture.name() + ".png", picture.png());
            }
            show(stored, folder.path().resolve(ComparisonReport.FILE));
        }
        return spec.exitCodeOnSuccess();
    }

    private void show(List<StoredRun> stored, Path page) {
        PrintWriter screen = spec.commandLine().getOut();
        if (json) {
            screen.println(Json.text(Map.of(
                    "runs",
                    stored.stream()
                            .map(run -> RunJson.members(run.path(), run.record()))
                            .toList(),
                    "page",
                    page.toString())));
        } else {
            stored.forEach(run -> screen.println(line(run)));
            screen.println("comparison in " + page);
        }
        screen.flush();
    }

    private static String line(StoredRun run) {
        RunRecord.Test test = run.record().test();
        String scores = test == null ? "not tested" : test.text();
        return "%s  %s  %s"
                .formatted(run.path(), Words.count(run.record().epochs().size(), "epoch"), scores);
    }
}
