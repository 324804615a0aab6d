package dev.lossforge.cli.report;

import dev.lossforge.cli.catalogue.LossCatalogue;
import dev.lossforge.cli.run.Decimals;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.digits.DigitReading;
import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData.Origin;
import dev.lossforge.runtime.internal.chart.ClassNames;
import dev.lossforge.runtime.internal.chart.ClassRatesChart;
import dev.lossforge.runtime.internal.chart.Confidences;
import dev.lossforge.runtime.internal.chart.ConfusionChart;
import dev.lossforge.runtime.internal.chart.DigitSheet;
import dev.lossforge.runtime.internal.chart.Html;
import dev.lossforge.runtime.internal.chart.MisreadChart;
import dev.lossforge.runtime.internal.chart.Page;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.internal.chart.ReliabilityChart;
import dev.lossforge.runtime.loss.LossFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page about one run. */
public final class RunReport {
    /** The name of the page's file. */
    public static final String FILE = "report.html";

    private static final int WORST = 24;

    private final String name;
    private final RunRecord record;
    private final DigitReading reading;
    private final String summary;
    private final LossFunction loss;

    /**
     * @param name the name of the run
     * @param reading the results on the test set
     * @param summary the table of the model's layers
     */
    public RunReport(String name, RunRecord record, DigitReading reading, String summary, LossFunction loss) {
        this.name = name;
        this.record = record;
        this.reading = reading;
        this.summary = summary;
        this.loss = loss;
    }

    /** The pictures of the page, each of which is also written to its own file. */
    public List<Picture> pictures() {
        List<Picture> pictures = new ArrayList<>(curves());
        pictures.addAll(confusion());
        pictures.add(new DigitSheet(worstTitle(), worstDigits()).picture("digits"));
        return pictures;
    }

    private List<Picture> curves() {
        return new RunCharts(List.of(new RunCharts.Named(name, record))).pictures();
    }

    private List<Picture> confusion() {
        int[][] counts = reading.confusion();
        ClassNames digits = ClassNames.numbers("digit", counts.length);
        Confidences confidences = new Confidences();
        reading.forEachConfidence(confidences::add);
        return List.of(
                new ConfusionChart(counts, digits).picture("confusion"),
                new MisreadChart(counts).picture("misread"),
                new ClassRatesChart(counts, digits).picture("rates"),
                new ReliabilityChart(confidences).picture("reliability"));
    }

    private String worstTitle() {
        int mistakes = reading.mistakes();
        return mistakes <= WORST
                ? "All " + mistakes + " misread digits"
                : "The " + WORST + " worst of " + mistakes + " misread digits";
    }

    /** The page, in UTF-8. */
    public byte[] html() {
        Page page = new Page("Run " + name, lead());
        if (record.data() == Origin.GENERATED) {
            page.warning("This run used generated digits instead of MNIST; its accuracy says nothing about MNIST.");
        }
        page.cards(cards());
        page.heading("Training");
        page.charts(curves());
        page.heading("Test set");
        page.charts(confusion());
        page.heading(worstTitle());
        page.markup(worst());
        page.heading("Loss");
        page.markup(lossText());
        page.heading("Model");
        page.markup("<div class=\"panel text\"><pre>" + Html.escaped(summary) + "</pre></div>");
        page.heading("Options and environment");
        page.markup(
                "<div class=\"columns\">" + Page.table(RunOptions.of(record)) + Page.table(environment()) + "</div>");
        return page.html().getBytes(StandardCharsets.UTF_8);
    }

    private String lead() {
        return String.format(
                Locale.ROOT,
                "%d epoch%s of the MNIST network on the %s backend, batches of %d, seed %d.",
                record.epochs().size(),
                record.epochs().size() == 1 ? "" : "s",
                record.backend(),
                record.options().batchSize(),
                record.seed());
    }

    private Map<String, String> cards() {
        Map<String, String> cards = new LinkedHashMap<>();
        RunRecord.Test test = record.test();
        if (test != null) {
            cards.put("test accuracy", String.format(Locale.ROOT, "%.2f %%", 100 * test.accuracy()));
            cards.put("test loss, nats", Decimals.of(test.loss()));
        }
        cards.put("digits misread", Integer.toString(reading.mistakes()));
        cards.put("epochs", Integer.toString(record.epochs().size()));
        double seconds =
                record.epochs().stream().mapToDouble(RunRecord.Epoch::seconds).sum();
        cards.put("seconds of training", String.format(Locale.ROOT, "%.1f", seconds));
        double speed = record.epochs().stream()
                .mapToDouble(RunRecord.Epoch::imagesPerSecond)
                .max()
                .orElse(0);
        cards.put("images/s, best epoch", String.format(Locale.ROOT, "%,.0f", speed));
        return cards;
    }

    private List<DigitSheet.Entry> worstDigits() {
        return reading.worst(WORST).stream()
                .map(digit -> new DigitSheet.Entry(digit.gray(), DigitSet.SIZE, digit.caption(), digit.note()))
                .toList();
    }

    private String worst() {
        StringBuilder html = new StringBuilder("<div class=\"digits\">");
        for (DigitSheet.Entry entry : worstDigits()) {
            html.append("<figure><img alt=\"a digit, ")
                    .append(Html.escaped(entry.caption()))
                    .append("\" src=\"")
                    .append(entry.dataUri())
                    .append("\"><figcaption>")
                    .append(Html.escaped(entry.caption()))
                    .append("<small>")
                    .append(Html.escaped(entry.note()))
                    .append("</small></figcaption></figure>");
        }
        return html.append("</div>").toString();
    }

    private String lossText() {
        StringBuilder html = new StringBuilder("<div class=\"panel text\">");
        LossCatalogue.describe(loss.getClass())
                .ifPresentOrElse(
                        text -> {
                            block(html, "Declared as", text.source());
                            block(html, "Formula", text.formula());
                            block(html, "Gradient, derived by the build", String.join("\n", text.gradient()));
                        },
                        () -> block(html, "Signature", loss.description()));
        return html.append("</div>").toString();
    }

    private static void block(StringBuilder html, String heading, String text) {
        if (!text.isBlank()) {
            html.append("<h3>")
                    .append(heading)
                    .append("</h3><pre>")
                    .append(Html.escaped(text))
                    .append("</pre>");
        }
    }

    private Map<String, String> environment() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("backend used", record.backend());
        rows.put("Java", record.jdk());
        rows.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        rows.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        rows.put("kind of data", record.data().name().toLowerCase(Locale.ROOT));
        return rows;
    }
}
