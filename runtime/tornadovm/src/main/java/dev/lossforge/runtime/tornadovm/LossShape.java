package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import java.util.Arrays;
import java.util.List;

/**
 * The properties on which the kernels of a loss depend, apart from the number of samples.
 *
 * @param unitsPerSample the number of units per sample; 1 if the unit is the batch, whose rows are the samples
 * @param extents the extents of each input, as {@link LossTasks#extents} finds them
 */
record LossShape(int unitsPerSample, List<List<Integer>> extents) {

    static LossShape of(BoundLoss bound, int samples) {
        return new LossShape(
                LossTasks.count(bound.signature(), bound.frame(), bound.units()) / samples,
                LossTasks.extents(bound.signature(), bound.frame()).stream()
                        .map(e -> Arrays.stream(e).boxed().toList())
                        .toList());
    }

    List<int[]> extentArrays() {
        return extents.stream().map(e -> e.stream().mapToInt(i -> i).toArray()).toList();
    }
}
