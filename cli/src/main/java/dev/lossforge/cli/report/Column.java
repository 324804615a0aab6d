package dev.lossforge.cli.report;

import dev.lossforge.cli.run.RunRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of the table of runs.
 *
 * @param texts one text per run
 * @param best the indices of the runs with the best score
 */
record Column(String name, List<String> texts, Set<Integer> best) {

    /**
     * A column of scores, of which the largest or the smallest is the best. NaN is a missing score. If all scores are
     * equal, none is marked as best.
     */
    static Column ofScores(
            String name,
            List<RunCharts.Named> runs,
            ToDoubleFunction<RunRecord> score,
            DoubleFunction<String> text,
            boolean max) {
        double[] scores = runs.stream()
                .mapToDouble(run -> score.applyAsDouble(run.record()))
                .toArray();
        List<String> texts = IntStream.range(0, scores.length)
                .mapToObj(run -> Double.isNaN(scores[run]) ? "–" : text.apply(scores[run]))
                .toList();
        double best = IntStream.range(0, scores.length)
                .mapToDouble(run -> max ? scores[run] : -scores[run])
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
        Set<Integer> ofBest = IntStream.range(0, scores.length)
                .filter(run -> (max ? scores[run] : -scores[run]) == best)
                .boxed()
                .collect(Collectors.toSet());
        return new Column(name, texts, ofBest.size() == runs.size() ? Set.of() : ofBest);
    }

    static Column ofTexts(String name, List<RunCharts.Named> runs, Function<RunRecord, String> text) {
        return new Column(
                name, runs.stream().map(run -> text.apply(run.record())).toList(), Set.of());
    }

    /** The options in which the runs differ. */
    static List<Column> ofDifferentOptions(List<RunCharts.Named> runs) {
        List<Map<String, String>> options =
                runs.stream().map(run -> RunOptions.of(run.record())).toList();
        Set<String> names = new LinkedHashSet<>();
        options.forEach(some -> names.addAll(some.keySet()));
        Stream<Column> environment = Stream.of(
                ofTexts("backend used", runs, RunRecord::backend),
                ofTexts("kind of data", runs, run -> run.data().name().toLowerCase(Locale.ROOT)));
        Stream<Column> chosen = names.stream()
                .map(name -> ofTexts(name, runs, run -> RunOptions.of(run).getOrDefault(name, "–")));
        return Stream.concat(chosen, environment)
                .filter(column -> column.texts().stream().distinct().count() > 1)
                .toList();
    }
}
