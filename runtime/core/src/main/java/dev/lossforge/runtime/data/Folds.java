package dev.lossforge.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Holds out parts of a dataset. Each part is a range of a random order. Within a part, samples keep their relative
 * order in the dataset.
 */
record Folds(Batch all, List<Integer> order) {

    static Folds of(Batch all, long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            order.set(i, order.set(j, order.get(i)));
        }
        return new Folds(all, List.copyOf(order));
    }

    Dataset.Split split(double share) {
        int samples = order.size();
        if (!(share > 0 && share < 1) || samples < 2) {
            throw new DataException("A split holds out a share between 0 and 1 of at least 2 samples, but " + share
                    + " of " + samples + " was requested.");
        }
        return split(0, Math.clamp(Math.round(share * samples), 1, samples - 1));
    }

    /** Holds out the samples at positions {@code from} to {@code to - 1} of the order. */
    private Dataset.Split split(int from, int to) {
        boolean[] held = new boolean[order.size()];
        order.subList(from, to).forEach(sample -> held[sample] = true);
        return new Dataset.Split(rows(held, false), rows(held, true));
    }

    private Dataset rows(boolean[] held, boolean wanted) {
        int[] rows = IntStream.range(0, held.length)
                .filter(sample -> held[sample] == wanted)
                .toArray();
        return Dataset.rows(all, rows);
    }

    List<Dataset.Split> all(int folds) {
        if (folds < 2 || folds > order.size()) {
            throw new DataException("The number of folds is from 2 to the number of samples, which is " + order.size()
                    + ", but " + folds + " were requested.");
        }
        Dataset.Split[] splits = new Dataset.Split[folds];
        Arrays.setAll(splits, fold -> split(begin(fold, folds), begin(fold + 1, folds)));
        return List.of(splits);
    }

    private int begin(int fold, int folds) {
        return (int) ((long) order.size() * fold / folds);
    }
}
