package dev.lossforge.cli.report;

import dev.lossforge.cli.chart.Html;
import dev.lossforge.cli.chart.Picture;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.samples.lesson.Ink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The page that lays runs over each other. */
public final class ComparisonReport {
    /** The page's file. */
    public static final String FILE = "compare.html";

    private final List<RunCharts.Named> runs;

    /** Of these runs, which have the names of their folders or, where these are not enough, their paths. */
    public ComparisonReport(List<StoredRun> runs) {
        boolean told = runs.stream().map(run -> name(run.path())).distinct().count() == runs.size();
        this.runs = runs.stream()
                .map(run ->
                        new RunCharts.Named(told ? name(run.path()) : run.path().toString(), run.record()))
                .toList();
    }

    /** The name of a run: that of its folder. */
    public static String name(Path run) {
        Path name = run.toAbsolutePath().normalize().getFileName();
        return name == null ? run.toString() : name.toString();
    }

    /** The curves, each also for a file of its own. */
    public List<Picture> pictures() {
        return new RunCharts(runs).pictures();
    }

    /** The page, in UTF-8. */
    public byte[] html() {
        Page page =
                new Page(runs.size() + " runs compared", "Lines are training, the last point of each is the test set.");
        page.markup(table());
        page.heading("Training");
        page.charts(pictures());
        return page.html().getBytes(StandardCharsets.UTF_8);
    }

    private String table() {
        Map<String, Function<RunRecord, String>> columns = new LinkedHashMap<>();
        columns.put("test accuracy", run -> test(run, test -> String.format(Locale.ROOT, "%.4f", test.accuracy())));
        columns.put("test loss", run -> test(run, test -> String.format(Locale.ROOT, "%.4f", test.loss())));
        columns.put("epochs", run -> Integer.toString(run.epochs().size()));
        columns.put(
                "seconds",
                run -> String.format(
                        Locale.ROOT,
                        "%.1f",
                        run.epochs().stream()
                                .mapToDouble(RunRecord.Epoch::seconds)
                                .sum()));
        columns.put("batch size", run -> Integer.toString(run.options().batchSize()));
        columns.put("learning rate", run -> Double.toString(run.options().learningRate()));
        columns.put("seed", run -> Long.toString(run.seed()));
        columns.put("backend", RunRecord::backend);
        columns.put("data", run -> run.data().name().toLowerCase(Locale.ROOT));
        StringBuilder html = new StringBuilder("<div class=\"panel text scroll\"><table><tr><th>run</th>");
        columns.keySet().forEach(name -> html.append("<th>").append(name).append("</th>"));
        html.append("</tr>");
        for (int i = 0; i < runs.size(); i++) {
            html.append(row(i, new ArrayList<>(columns.values())));
        }
        return html.append("</table></div>").toString();
    }

    private String row(int run, List<Function<RunRecord, String>> columns) {
        StringBuilder html = new StringBuilder("<tr><td><span class=\"swatch\" style=\"background:var(");
        html.append(Ink.series(run).variable()).append(")\"></span>");
        html.append(Html.escaped(runs.get(run).name())).append("</td>");
        columns.forEach(column -> html.append("<td>")
                .append(Html.escaped(column.apply(runs.get(run).record())))
                .append("</td>"));
        return html.append("</tr>").toString();
    }

    private static String test(RunRecord run, Function<RunRecord.Test, String> text) {
        RunRecord.Test test = run.test();
        return test == null ? "–" : text.apply(test);
    }
}
