package dev.lossforge.runtime.internal.report;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.internal.chart.Html;
import dev.lossforge.runtime.internal.chart.Numbers;
import dev.lossforge.runtime.internal.chart.Page;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page about the training of any model. */
public final class RunPage {
    /** Maximum number of figures above the pictures. Six fit side by side, and divide into rows of two or three. */
    private static final int MAX_CARDS = 6;

    private final Page page;
    private final List<History.Epoch> epochs;
    private final RunPictures pictures;
    private final CompileSpec spec;
    private final @Nullable TrainBegin begin;

    public RunPage(
            String title,
            @Nullable TrainBegin begin,
            List<History.Epoch> epochs,
            TrainingCurve curve,
            CompileSpec spec,
            Map<String, Double> factors) {
        this.page = new Page(title, lead(begin, epochs.size()));
        this.epochs = epochs;
        this.pictures = new RunPictures(epochs, curve, spec, factors);
        this.spec = spec;
        this.begin = begin;
    }

    private static String lead(@Nullable TrainBegin begin, int done) {
        return begin == null
                ? count(done, "epoch") + "."
                : "%s of %d, each of %s in %s, on the %s backend."
                        .formatted(
                                count(done, "epoch"),
                                begin.epochs(),
                                count(begin.samples(), "sample"),
                                count(begin.stepsPerEpoch(), "step"),
                                begin.backend());
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Adds a warning at the top of the page. */
    public void warn(String sentence) {
        page.warning(sentence);
    }

    /**
     * Writes the whole page.
     *
     * @param summary the table of the model's layers
     * @param classes pictures of how the model distinguishes classes; empty if it is not a classifier
     */
    public void write(String summary, List<Picture> classes) {
        if (!epochs.isEmpty()) {
            page.cards(cards());
        }
        page.heading("Training");
        page.charts(pictures.all());
        if (!classes.isEmpty()) {
            page.heading("Classes");
            page.charts(classes);
        }
        page.heading("Loss");
        page.markup(Page.table(losses()));
        page.heading("Model");
        page.markup("<div class=\"panel text\"><pre>" + Html.escaped(summary) + "</pre></div>");
        page.heading("Options and environment");
        page.markup("<div class=\"columns\">" + Page.table(options()) + Page.table(environment()) + "</div>");
    }

    /** The page in UTF-8. */
    public byte[] html() {
        return page.html().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> cards() {
        History.Epoch last = epochs.getLast();
        Optional<Scores> held = last.validation().map(evaluation -> evaluation.scores());
        Map<String, String> cards = new LinkedHashMap<>();
        cards.put("training loss", number(last.loss()));
        held.ifPresent(scores -> cards.put("validation loss", number(scores.loss())));
        String kind = held.isPresent() ? "validation " : "training ";
        held.orElse(last.scores()).metrics().forEach((name, value) -> {
            if (cards.size() < MAX_CARDS - 2) {
                cards.put(kind + name, number(value));
            }
        });
        double seconds = epochs.stream().mapToDouble(History.Epoch::seconds).sum();
        cards.put("seconds of training", String.format(Locale.ROOT, "%.1f", seconds));
        double fastest = epochs.stream()
                .mapToDouble(History.Epoch::samplesPerSecond)
                .max()
                .orElse(0);
        cards.put("samples/s, best epoch", String.format(Locale.ROOT, "%,.0f", fastest));
        if (cards.size() % 2 == 1) {
            cards.put("epochs", Integer.toString(epochs.size()));
        }
        return cards;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private Map<String, String> losses() {
        Map<String, String> rows = new LinkedHashMap<>();
        for (LossTerm term : spec.losses()) {
            String factor = term.weight() == 1 ? "" : Numbers.shortest(term.weight()) + " · ";
            rows.put(term.name(), factor + term.loss().description());
        }
        spec.penalties()
                .forEach(penalty -> rows.put(
                        "penalty " + penalty.regularizer().name(),
                        Numbers.shortest(penalty.factor()) + " · "
                                + penalty.regularizer().description()));
        return rows;
    }

    private Map<String, String> options() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("optimizer", spec.optimizer().toString());
        rows.put("reduction", spec.reduction().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!(spec.clipping() instanceof GradientClipping.None)) {
            rows.put("clipping", spec.clipping().toString());
        }
        if (!spec.frozenLayers().isEmpty()) {
            rows.put("frozen layers", String.join(", ", spec.frozenLayers()));
        }
        rows.put("seed", Long.toString(spec.seed()));
        rows.put("threads", Integer.toString(spec.threads()));
        return rows;
    }

    private Map<String, String> environment() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("backend", begin == null ? "" : begin.backend());
        rows.put("Java", Runtime.version().toString());
        rows.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        rows.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return rows;
    }
}
