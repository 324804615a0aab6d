package dev.lossforge.cli.report;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.runtime.internal.chart.Ink;
import dev.lossforge.runtime.internal.chart.LineChart;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.internal.report.PartsChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The curves of one run, or of several runs in common charts. */
final class RunCharts {
    /** One of the runs. */
    record Named(String name, RunRecord record) {}

    private final List<Named> runs;
    private final boolean alone;
    private final double epochs;

    RunCharts(List<Named> runs) {
        this.runs = runs;
        this.alone = runs.size() == 1;
        this.epochs = runs.stream()
                .mapToDouble(run -> Math.max(run.record().epochs().size(), lastPoint(run.record())))
                .max()
                .orElse(1);
    }

    private static double lastPoint(RunRecord record) {
        RunRecord.Curve curve = record.curve();
        return curve == null
                ? 0
                : curve.epoch().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** The pictures: always an even number, because they are shown in pairs. */
    List<Picture> pictures() {
        List<Picture> pictures = new ArrayList<>(List.of(loss(), accuracy(), learningRate()));
        if (alone) {
            parts(runs.getFirst()).ifPresent(parts -> pictures.add(1, parts));
        }
        gradientNorm().ifPresent(pictures::add);
        if (pictures.size() % 2 == 1) {
            pictures.add(speed());
        }
        return pictures;
    }

    /** The parts of a run's loss, stacked; empty if the loss has no parts. */
    private Optional<Picture> parts(Named run) {
        return PartsChart.of(
                run.record().epochs().stream().map(RunCharts::parts).toList(),
                run.record().epochs().stream().map(RunRecord.Epoch::loss).toList(),
                Map.of("zLoss", run.record().options().steering().zLoss()),
                true,
                epochs);
    }

    private static Map<String, Double> parts(RunRecord.Epoch epoch) {
        return Objects.requireNonNullElse(epoch.parts(), Map.of());
    }

    private String label(Named run, String alone) {
        return this.alone ? alone : run.name();
    }

    private Ink ink(int run) {
        return Ink.series(run);
    }

    private Picture loss() {
        LineChart chart = new LineChart("loss", "Loss in nats", epochs);
        for (int i = 0; i < runs.size(); i++) {
            Named run = runs.get(i);
            RunRecord.Curve curve = run.record().curve();
            if (curve == null) {
                epochs(chart, run, "training", RunRecord.Epoch::loss, ink(i));
            } else {
                chart.smoothedLine(label(run, "training"), array(curve.epoch()), array(curve.loss()), ink(i));
            }
        }
        validation(chart, RunRecord.Test::loss);
        tests(chart, RunRecord.Test::loss);
        return chart.picture();
    }

    private Picture accuracy() {
        LineChart chart = new LineChart("accuracy", "Accuracy", epochs);
        for (int i = 0; i < runs.size(); i++) {
            epochs(chart, runs.get(i), "training", RunRecord.Epoch::accuracy, ink(i));
        }
        validation(chart, RunRecord.Test::accuracy);
        tests(chart, RunRecord.Test::accuracy);
        return chart.picture();
    }

    private Picture learningRate() {
        LineChart chart = new LineChart("learning-rate", "Learning rate", epochs);
        for (int i = 0; i < runs.size(); i++) {
            Named run = runs.get(i);
            RunRecord.Curve curve = run.record().curve();
            if (curve != null) {
                chart.line(label(run, "learning rate"), array(curve.epoch()), array(curve.learningRate()), ink(i));
            }
        }
        return chart.picture();
    }

    /** The gradient norms of the runs whose backend provides them; empty if none does. */
    private Optional<Picture> gradientNorm() {
        LineChart chart = new LineChart("gradient-norm", "Norm of the gradients", epochs);
        boolean said = false;
        for (int i = 0; i < runs.size(); i++) {
            Named run = runs.get(i);
            RunRecord.Curve curve = run.record().curve();
            if (curve != null && curve.gradientNorm() != null) {
                chart.smoothedLine(label(run, "gradients"), array(curve.epoch()), array(curve.gradientNorm()), ink(i));
                said = true;
            }
        }
        return said ? Optional.of(chart.picture()) : Optional.empty();
    }

    private Picture speed() {
        LineChart chart = new LineChart("speed", "Training images per second", epochs);
        for (int i = 0; i < runs.size(); i++) {
            epochs(chart, runs.get(i), "images/s", RunRecord.Epoch::imagesPerSecond, ink(i));
        }
        return chart.picture();
    }

    private void epochs(LineChart chart, Named run, String quantity, ToDoubleFunction<RunRecord.Epoch> value, Ink ink) {
        List<RunRecord.Epoch> done = run.record().epochs();
        double[] numbers =
                IntStream.rangeClosed(1, done.size()).asDoubleStream().toArray();
        chart.markedLine(
                label(run, quantity), numbers, done.stream().mapToDouble(value).toArray(), ink);
    }

    /** Adds the values on the validation images, if there are any; only in charts of a single run. */
    private void validation(LineChart chart, ToDoubleFunction<RunRecord.Test> value) {
        boolean held =
                alone && runs.getFirst().record().epochs().stream().anyMatch(epoch -> epoch.validation() != null);
        if (held) {
            epochs(
                    chart,
                    runs.getFirst(),
                    "validation",
                    epoch -> epoch.validation() == null ? Double.NaN : value.applyAsDouble(epoch.validation()),
                    Ink.SERIES_3);
        }
    }

    /** Adds the test set's value at the end of every run. In charts of a single run, it has its own colour and name. */
    private void tests(LineChart chart, ToDoubleFunction<RunRecord.Test> value) {
        for (int i = 0; i < runs.size(); i++) {
            RunRecord.Test test = runs.get(i).record().test();
            if (test != null) {
                double end = runs.get(i).record().epochs().size();
                double score = value.applyAsDouble(test);
                if (alone) {
                    chart.point("test", end, score, Ink.SERIES_2);
                } else {
                    chart.mark(runs.get(i).name() + ", test", end, score, ink(i));
                }
            }
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().flatMapToDouble(DoubleStream::of).toArray();
    }
}
