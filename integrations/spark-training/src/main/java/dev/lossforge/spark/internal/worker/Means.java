package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.EpochProgress;
import dev.lossforge.spark.internal.ring.Ring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.DoubleStream;

/**
 * What a training tells of its epochs, of all workers: the mean of what each has seen with its own samples. All workers
 * call this at the same step.
 */
final class Means {
    private Means() {}

    /**
     * The snapshot of one worker with the losses of all.
     *
     * @param known how many epochs are those of all already, since they came from an earlier job
     */
    static TrainingSnapshot over(Ring ring, TrainingSnapshot own, int known) {
        List<History.Epoch> epochs = own.epochs().subList(known, own.epochs().size());
        DoubleStream.Builder numbers = DoubleStream.builder();
        epochs.forEach(epoch -> add(epoch, numbers));
        own.progress().tallies().values().forEach(tally -> tally.forEach(numbers::add));
        PrimitiveIterator.OfDouble means =
                Arrays.stream(means(ring, numbers.build().toArray())).iterator();
        List<History.Epoch> all = new ArrayList<>(own.epochs().subList(0, known));
        epochs.forEach(epoch -> all.add(mean(epoch, means, ring.workers())));
        Map<String, List<Double>> tallies = new LinkedHashMap<>();
        own.progress().tallies().forEach((name, tally) -> tallies.put(name, next(tally.size(), means)));
        return new TrainingSnapshot(
                own.plan(),
                own.position(),
                own.stopped(),
                all,
                new EpochProgress(own.progress().seconds(), tallies),
                own.parameters(),
                own.optimizer(),
                own.learningRate(),
                own.callbacks());
    }

    private static void add(History.Epoch epoch, DoubleStream.Builder numbers) {
        numbers.add(epoch.loss()).add(epoch.seconds()).add(epoch.samplesPerSecond());
        epoch.scores().parts().values().forEach(numbers::add);
        epoch.scores().hyperparameters().values().forEach(numbers::add);
    }

    private static History.Epoch mean(History.Epoch own, PrimitiveIterator.OfDouble means, int workers) {
        double loss = means.nextDouble();
        double seconds = means.nextDouble();
        double samplesPerSecond = means.nextDouble() * workers;
        Map<String, Double> parts = next(own.scores().parts(), means);
        Map<String, Double> hyperparameters = next(own.scores().hyperparameters(), means);
        return new History.Epoch(
                own.epoch(),
                new Scores(loss, parts, own.scores().metrics(), hyperparameters),
                seconds,
                samplesPerSecond,
                own.validation());
    }

    private static Map<String, Double> next(Map<String, Double> names, Iterator<Double> means) {
        Map<String, Double> values = new LinkedHashMap<>();
        names.keySet().forEach(name -> values.put(name, means.next()));
        return values;
    }

    private static List<Double> next(int count, Iterator<Double> means) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(means.next());
        }
        return values;
    }

    /** In the order of the workers, so that all get the same bits. */
    private static double[] means(Ring ring, double[] own) {
        double[] means = new double[own.length];
        for (int from = 0; from < own.length; from += Ring.MAX_NUMBERS) {
            int to = Math.min(from + Ring.MAX_NUMBERS, own.length);
            for (double[] numbers : ring.sum(new float[0], Arrays.copyOfRange(own, from, to))) {
                for (int i = from; i < to; i++) {
                    means[i] += numbers[i - from] / ring.workers();
                }
            }
        }
        return means;
    }
}
