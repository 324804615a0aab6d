package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import java.util.ArrayList;
import java.util.List;

/** What the workers tell each other beside gradients, as the numbers that go round the ring. */
final class RingNumbers {
    /** Of each loss: its sum, the samples and the weights that it counts. */
    private static final int PER_LOSS = 3;

    private RingNumbers() {}

    static double[] of(List<LossCount> counts) {
        double[] numbers = new double[2 * counts.size()];
        for (int i = 0; i < counts.size(); i++) {
            numbers[2 * i] = counts.get(i).samples();
            numbers[2 * i + 1] = counts.get(i).weights();
        }
        return numbers;
    }

    /** The counts of all workers together, added up in their order. */
    static List<LossCount> counts(double[][] all) {
        List<LossCount> sums = counts(all[0]);
        for (int worker = 1; worker < all.length; worker++) {
            List<LossCount> more = counts(all[worker]);
            for (int i = 0; i < more.size(); i++) {
                sums.set(i, sums.get(i).plus(more.get(i)));
            }
        }
        return sums;
    }

    private static List<LossCount> counts(double[] numbers) {
        List<LossCount> counts = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            counts.add(new LossCount(numbers[i], numbers[i + 1]));
        }
        return counts;
    }

    static double[] of(GradientSums sums) {
        double[] numbers = new double[PER_LOSS * sums.losses().size() + 1];
        for (int i = 0; i < sums.losses().size(); i++) {
            numbers[PER_LOSS * i] = sums.losses().get(i);
            numbers[PER_LOSS * i + 1] = sums.counts().get(i).samples();
            numbers[PER_LOSS * i + 2] = sums.counts().get(i).weights();
        }
        numbers[numbers.length - 1] = sums.finite() ? 1 : 0;
        return numbers;
    }

    /** The sums of all workers together, added up in their order. */
    static GradientSums sums(double[][] all, boolean divided) {
        GradientSums sums = sums(all[0], divided);
        for (int worker = 1; worker < all.length; worker++) {
            sums = sums.plus(sums(all[worker], divided));
        }
        return sums;
    }

    private static GradientSums sums(double[] numbers, boolean divided) {
        List<Double> losses = new ArrayList<>();
        List<LossCount> counts = new ArrayList<>();
        for (int i = 0; i + PER_LOSS <= numbers.length; i += PER_LOSS) {
            losses.add(numbers[i]);
            counts.add(new LossCount(numbers[i + 1], numbers[i + 2]));
        }
        return new GradientSums(losses, counts, divided, numbers[numbers.length - 1] == 1);
    }
}
