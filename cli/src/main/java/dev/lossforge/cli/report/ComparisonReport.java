package dev.lossforge.cli.report;

import dev.lossforge.cli.run.Decimals;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.runtime.internal.chart.Html;
import dev.lossforge.runtime.internal.chart.Ink;
import dev.lossforge.runtime.internal.chart.Page;
import dev.lossforge.runtime.internal.chart.Picture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The page that compares runs in common charts. */
public final class ComparisonReport {
    /** The name of the page's file. */
    public static final String FILE = "compare.html";

    private final List<RunCharts.Named> runs;

    /**
     * A comparison of these runs. They are named after their folders or, if these names are not unique, by their paths.
     */
    public ComparisonReport(List<StoredRun> runs) {
        boolean told = runs.stream().map(run -> name(run.path())).distinct().count() == runs.size();
        this.runs = runs.stream()
                .map(run ->
                        new RunCharts.Named(told ? name(run.path()) : run.path().toString(), run.record()))
                .toList();
    }

    /** The name of a run: the name of its folder. */
    public static String name(Path run) {
        Path name = run.toAbsolutePath().normalize().getFileName();
        return name == null ? run.toString() : name.toString();
    }

    /** The charts, each of which is also written to its own file. */
    public List<Picture> pictures() {
        return new RunCharts(runs).pictures();
    }

    /** The page, in UTF-8. */
    public byte[] html() {
        Page page = new Page(
                runs.size() + " runs compared",
                "Lines show the training; the last point of each is the test set. The best of each score is bold. Only"
                        + " options in which the runs differ are shown.");
        page.markup(table());
        page.heading("Training");
        page.charts(pictures());
        return page.html().getBytes(StandardCharsets.UTF_8);
    }

    /** The table of scores, with the best in bold, and of the options in which the runs differ. */
    private String table() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.ofScores("test accuracy", runs, run -> test(run, RunRecord.Test::accuracy), Decimals::of, true),
                Column.ofScores("test loss", runs, run -> test(run, RunRecord.Test::loss), Decimals::of, false),
                Column.ofScores(
                        "seconds",
                        runs,
                        ComparisonReport::seconds,
                        seconds -> String.format(Locale.ROOT, "%.1f", seconds),
                        false)));
        columns.add(Column.ofTexts(
                "epochs done", runs, run -> Integer.toString(run.epochs().size())));
        columns.addAll(Column.ofDifferentOptions(runs));
        StringBuilder html =
                new StringBuilder("<div class=\"panel text scroll\"><table class=\"numbers\"><tr><th>run</th>");
        columns.forEach(column ->
                html.append("<th>").append(Html.escaped(column.name())).append("</th>"));
        html.append("</tr>");
        for (int run = 0; run < runs.size(); run++) {
            html.append(row(run, columns));
        }
        return html.append("</table></div>").toString();
    }

    private String row(int run, List<Column> columns) {
        StringBuilder html = new StringBuilder("<tr><td><span class=\"swatch\" style=\"background:var(");
        html.append(Ink.series(run).variable()).append(")\"></span>");
        html.append(Html.escaped(runs.get(run).name())).append("</td>");
        columns.forEach(column -> html.append(column.best().contains(run) ? "<td class=\"best\">" : "<td>")
                .append(Html.escaped(column.texts().get(run)))
                .append("</td>"));
        return html.append("</tr>").toString();
    }

    private static double seconds(RunRecord run) {
        return run.epochs().stream().mapToDouble(RunRecord.Epoch::seconds).sum();
    }

    private static double test(RunRecord run, ToDoubleFunction<RunRecord.Test> score) {
        RunRecord.Test test = run.test();
        return test == null ? Double.NaN : score.applyAsDouble(test);
    }
}
