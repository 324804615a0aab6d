package dev.lossforge.runtime.internal.report;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.internal.chart.Ink;
import dev.lossforge.runtime.internal.chart.LineChart;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The curves of a training: always an even number, because they are shown in pairs. */
final class RunPictures {
    private final List<History.Epoch> epochs;
    private final TrainingCurve curve;
    private final CompileSpec spec;
    private final Map<String, Double> factors;
    private final double end;

    RunPictures(List<History.Epoch> epochs, TrainingCurve curve, CompileSpec spec, Map<String, Double> factors) {
        this.epochs = epochs;
        this.curve = curve;
        this.spec = spec;
        this.factors = factors;
        this.end = Math.max(epochs.size(), curve.times().stream().reduce(0.0, Math::max));
    }

    List<Picture> all() {
        List<Picture> pictures = new ArrayList<>(List.of(loss()));
        parts().ifPresent(pictures::add);
        metrics().forEach(name -> pictures.add(metric(name)));
        if (!hyperparameters().isEmpty()) {
            pictures.add(hyperparameterChart());
        }
        if (curve.norms().stream().anyMatch(norm -> !Double.isNaN(norm))) {
            pictures.add(chart("gradient-norm", "Norm of the gradients")
                    .smoothedLine("gradients", array(curve.times()), array(curve.norms()), Ink.SERIES_1)
                    .picture());
        }
        pictures.add(chart("learning-rate", "Learning rate")
                .line("learning rate", array(curve.times()), array(curve.rates()), Ink.SERIES_1)
                .picture());
        if (pictures.size() % 2 == 1) {
            pictures.add(perEpoch(
                            chart("speed", "Training samples per second"),
                            "samples/s",
                            History.Epoch::samplesPerSecond,
                            Ink.SERIES_1)
                    .picture());
        }
        return pictures;
    }

    private LineChart chart(String name, String title) {
        return new LineChart(name, title, end);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private LineChart perEpoch(LineChart chart, String label, ToDoubleFunction<History.Epoch> value, Ink ink) {
        return chart.markedLine(
                label,
                IntStream.rangeClosed(1, epochs.size()).asDoubleStream().toArray(),
                epochs.stream().mapToDouble(value).toArray(),
                ink);
    }

    private LineChart validation(LineChart chart, ToDoubleFunction<Scores> value) {
        boolean held = epochs.stream().anyMatch(epoch -> epoch.validation().isPresent());
        return held
                ? perEpoch(
                        chart,
                        "validation",
                        epoch -> epoch.validation()
                                .map(Evaluation::scores)
                                .map(value::applyAsDouble)
                                .orElse(Double.NaN),
                        Ink.SERIES_2)
                : chart;
    }

    private Picture loss() {
        LineChart chart = chart("loss", "Loss")
                .smoothedLine("training", array(curve.times()), array(curve.losses()), Ink.SERIES_1);
        return validation(chart, Scores::loss).picture();
    }

    /**
     * The weighted losses if there are several, otherwise the parts of the only loss. Parts of several losses are left
     * out unless the user gave them a factor.
     */
    private Optional<Picture> parts() {
        boolean several = spec.losses().size() > 1;
        Map<String, Double> weights = new LinkedHashMap<>(factors);
        for (LossTerm term : several ? spec.losses() : List.<LossTerm>of()) {
            weights.put(term.name(), term.weight());
        }
        List<Map<String, Double>> parts = epochs.stream()
                .map(epoch -> {
                    Map<String, Double> some =
                            new LinkedHashMap<>(epoch.scores().parts());
                    some.keySet().removeIf(name -> several && !weights.containsKey(name));
                    return some;
                })
                .toList();
        return PartsChart.of(
                parts, epochs.stream().map(History.Epoch::loss).toList(), weights, several || !factors.isEmpty(), end);
    }

    private List<String> metrics() {
        return epochs.stream()
                .flatMap(epoch -> epoch.scores().metrics().keySet().stream())
                .distinct()
                .toList();
    }

    private Picture metric(String name) {
        String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        LineChart chart = perEpoch(
                chart("metric-" + name.replaceAll("[^A-Za-z0-9]+", "-"), title),
                "training",
                epoch -> epoch.metric(name),
                Ink.SERIES_1);
        return validation(chart, scores -> scores.metrics().getOrDefault(name, Double.NaN))
                .picture();
    }

    private List<String> hyperparameters() {
        return epochs.stream()
                .flatMap(epoch -> epoch.scores().hyperparameters().keySet().stream())
                .distinct()
                .toList();
    }

    private Picture hyperparameterChart() {
        LineChart chart = chart("hyperparameters", "Trained hyperparameters");
        List<String> names = hyperparameters();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            perEpoch(
                    chart,
                    name,
                    epoch -> epoch.scores().hyperparameters().getOrDefault(name, Double.NaN),
                    Ink.series(i));
        }
        return chart.picture();
    }
}
