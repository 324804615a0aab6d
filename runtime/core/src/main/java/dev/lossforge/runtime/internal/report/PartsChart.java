package dev.lossforge.runtime.internal.report;

import dev.lossforge.runtime.internal.chart.Ink;
import dev.lossforge.runtime.internal.chart.LineChart;
import dev.lossforge.runtime.internal.chart.Numbers;
import dev.lossforge.runtime.internal.chart.Picture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of a loss over the epochs. They are multiplied by their factors and stacked if the factors are known or
 * give the loss; otherwise they are lines.
 */
public final class PartsChart {
    /** The permitted relative difference between the loss and the sum of its parts, which are rounded separately. */
    private static final double TOLERANCE = 1e-3;

    private PartsChart() {}

    /**
     * The picture; empty if the loss has no parts.
     *
     * @param parts the parts of each epoch, by name
     * @param factors the factors of the parts in the loss, by name; 1 for a part that is missing
     * @param known whether these are all factors; if not, the parts are stacked only if they add up to the loss
     */
    public static Optional<Picture> of(
            List<Map<String, Double>> parts,
            List<Double> losses,
            Map<String, Double> factors,
            boolean known,
            double epochs) {
        List<String> names = parts.stream()
                .flatMap(epoch -> epoch.keySet().stream())
                .distinct()
                .toList();
        double[] numbers =
                IntStream.rangeClosed(1, parts.size()).asDoubleStream().toArray();
        double[][] terms = names.stream()
                .map(name -> parts.stream()
                        .mapToDouble(epoch -> factors.getOrDefault(name, 1.0) * epoch.getOrDefault(name, Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean finite = Stream.of(terms).flatMapToDouble(DoubleStream::of).allMatch(Double::isFinite);
        if (finite && (known || isSum(terms, losses))) {
            List<String> labels =
                    names.stream().map(name -> label(name, factors)).toList();
            return Optional.of(new LineChart("parts", "Parts of the loss, as they add up", epochs)
                    .stack(labels, numbers, terms)
                    .picture());
        }
        LineChart chart = new LineChart("parts", "Parts of the loss", epochs);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            double[] values = parts.stream()
                    .mapToDouble(epoch -> epoch.getOrDefault(name, Double.NaN))
                    .toArray();
            chart.markedLine(name, numbers, values, Ink.series(i));
        }
        return Optional.of(chart.picture());
    }

    private static String label(String name, Map<String, Double> factors) {
        double factor = factors.getOrDefault(name, 1.0);
        return factor == 1 ? name : Numbers.shortest(factor) + " · " + name;
    }

    private static boolean isSum(double[][] terms, List<Double> losses) {
        return IntStream.range(0, losses.size()).allMatch(epoch -> {
            double sum = Stream.of(terms).mapToDouble(term -> term[epoch]).sum();
            return Math.abs(sum - losses.get(epoch)) <= TOLERANCE * Math.abs(losses.get(epoch));
        });
    }
}
