package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

    /** The smallest possible shape, for predictions before the first batch. Hyperparameters have their own extents. */
    static LossShape smallest(LossFunction loss) {
        List<List<Integer>> extents = new ArrayList<>();
        List<Data> parameters = loss instanceof FormulaLoss formula ? formula.parameters() : List.of();
        int parameter = 0;
        for (LossSignature.Input input : loss.signature().inputs()) {
            boolean isParameter = input.role() == LossSignature.Input.Role.PARAMETER;
            extents.add(
                    isParameter && input.rank() > 0
                            ? Arrays.stream(parameters.get(parameter).shape().toArray())
                                    .boxed()
                                    .toList()
                            : Collections.nCopies(input.rank(), 1));
            parameter += isParameter ? 1 : 0;
        }
        return new LossShape(1, extents);
    }

    List<int[]> extentArrays() {
        return extents.stream().map(e -> e.stream().mapToInt(i -> i).toArray()).toList();
    }
}
