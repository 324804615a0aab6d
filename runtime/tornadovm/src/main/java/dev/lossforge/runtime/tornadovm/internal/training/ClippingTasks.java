package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks that limit the gradients of a step, between the check of all numbers and the update. The norm of a region
 * is computed in slices, with one work-group for each. It first finds the largest magnitude, then the sum of squares in
 * a unit that prevents overflow. Both are combined in a fixed order.
 */
final class ClippingTasks {
    private static final int GROUP = 256;
    private static final int ENTRIES_PER_ITEM = 4;
    /** The maximum number of sums that each work-item of the last task adds up. */
    private static final int MAX_SLICES = 64;

    private final Tasks tasks;
    private final FloatArray gradient;
    private final FloatArray results;
    /**
     * The largest magnitude and the sum of squares of each slice, if norms are limited; then the slices of a region.
     */
    private @Nullable FloatArray magnitudes;

    private @Nullable FloatArray squares;
    private int slices;

    /** @param results see {@link StepResults}; it already holds the result of the check */
    ClippingTasks(Tasks tasks, FloatArray gradient, FloatArray results) {
        this.tasks = tasks;
        this.gradient = gradient;
        this.results = results;
    }

    void add(GradientClipping clipping, TrainedParameters trained) {
        switch (clipping) {
            case GradientClipping.None none -> {}
            case GradientClipping.ByValue(double limit) -> addClamp(array(limit), trained.all());
            case GradientClipping.ByNorm(double limit) -> addNorms(array(limit), trained.regions());
            case GradientClipping.ByGlobalNorm(double limit) ->
                addNorms(array(limit), List.of(new Region(0, trained.all())));
        }
    }

    /** The arrays that {@link #norm} may need; none if no norms are limited. */
    List<FloatArray> normArrays() {
        return magnitudes == null || squares == null ? List.of() : List.of(magnitudes, squares);
    }

    /** The norm of all gradients before norms were limited, from the {@link #normArrays}. */
    double norm() {
        FloatArray largest = Objects.requireNonNull(magnitudes);
        FloatArray sums = Objects.requireNonNull(squares);
        double sum = 0;
        for (int first = 0; first < sums.getSize(); first += slices) {
            double ofRegion = 0;
            float max = 0;
            for (int slice = first; slice < first + slices; slice++) {
                ofRegion += sums.get(slice);
                max = Math.max(max, largest.get(slice));
            }
            double unit = ClippingKernels.unit(max);
            sum += ofRegion / (unit * unit);
        }
        return Math.sqrt(sum);
    }

    private FloatArray array(double limit) {
        FloatArray array = FloatArray.fromElements((float) limit);
        tasks.constant(array);
        return array;
    }

    private void addClamp(FloatArray limit, int size) {
        tasks.overItems(
                "clip_values",
                size,
                (graph, task, c) -> graph.task(task, ClippingKernels::limitValues, c, gradient, limit, size));
    }

    /** @param regions the regions, each with its own norm; gradients of frozen parameters in them are 0 */
    private void addNorms(FloatArray limit, List<Region> regions) {
        if (regions.isEmpty()) {
            return;
        }
        int local = tasks.groupSize(GROUP);
        int largest = regions.stream().mapToInt(Region::size).max().orElse(0);
        slices = Math.clamp(Math.ceilDiv(largest, ENTRIES_PER_ITEM * local), 1, MAX_SLICES);
        int groups = Math.multiplyExact(regions.size(), slices);
        IntArray table = table(regions, slices);
        FloatArray largestOfSlices = new FloatArray(groups);
        FloatArray sums = new FloatArray(groups);
        magnitudes = largestOfSlices;
        squares = sums;
        tasks.constant(table);
        tasks.inGroups(
                "gradient_magnitudes",
                groups,
                local,
                (graph, task, c) ->
                        graph.task(task, ClippingKernels::magnitudes, c, gradient, results, largestOfSlices, table));
        tasks.inGroups(
                "gradient_squares",
                groups,
                local,
                (graph, task, c) ->
                        graph.task(task, ClippingKernels::squares, c, gradient, results, largestOfSlices, sums, table));
        tasks.inGroups(
                "clip_norms",
                groups,
                local,
                (graph, task, c) -> graph.task(
                        task, ClippingKernels::limitNorms, c, gradient, results, largestOfSlices, sums, limit, table));
    }

    /** The number of slices of each region, then the start and the size of each region. */
    private static IntArray table(List<Region> regions, int slices) {
        IntArray table = new IntArray(1 + 2 * regions.size());
        table.set(0, slices);
        for (int i = 0; i < regions.size(); i++) {
            table.set(1 + 2 * i, regions.get(i).first());
            table.set(2 + 2 * i, regions.get(i).size());
        }
        return table;
    }
}
