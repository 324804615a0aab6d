package dev.lossforge.runtime.tornadovm;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The execution plan of a model, which a new one replaces where a batch does not fit, and the newest state. */
final class CurrentPlan {
    /** The minimum number of samples that a plan has room for in an evaluation or prediction. */
    private static final int EVALUATION_BATCH = 256;

    private final DeviceProgram program;
    private final ModelState state;
    private @Nullable ModelPlan plan;
    private int largestBatch = 1;
    /**
     * Whether the host's copy of the state is newer than the device's. If {@code deviceIsAhead}, the device's is newer;
     * if neither, the two are equal.
     */
    private boolean hostIsAhead;

    private boolean deviceIsAhead;

    CurrentPlan(DeviceProgram program, ModelState state) {
        this.program = program;
        this.state = state;
    }

    /** Announces training batches of this size. */
    void announce(int samples) {
        largestBatch = Math.max(largestBatch, samples);
    }

    /** A plan for a step on a batch with losses, with the newest state on the device. */
    ModelPlan forTraining(HostBatch batch) {
        return fitting(batch.samples(), 0, batch.lossShapes(), false);
    }

    /** The same for a step with gradients from the caller. */
    ModelPlan forGivenGradients(int samples) {
        return fitting(samples, 0, lossShapes(), true);
    }

    /** The same for an evaluation. */
    ModelPlan forEvaluation(HostBatch batch) {
        return fitting(0, batch.samples(), batch.lossShapes(), givesGradients());
    }

    /** The same for a prediction. */
    ModelPlan forPrediction(int samples) {
        return fitting(0, samples, lossShapes(), givesGradients());
    }

    private boolean givesGradients() {
        ModelPlan current = plan;
        return current == null
                ? program.spec().losses().isEmpty()
                : current.sizes().givenGradients();
    }

    /** The shapes that the losses have seen so far, or the smallest possible ones before the first batch. */
    private List<LossShape> lossShapes() {
        ModelPlan current = plan;
        return current == null
                ? program.spec().losses().stream()
                        .map(term -> LossShape.smallest(term.loss()))
                        .toList()
                : current.sizes().losses();
    }

    private ModelPlan fitting(int training, int evaluation, List<LossShape> losses, boolean givenGradients) {
        ModelPlan current = plan;
        ModelPlan.Sizes wanted = new ModelPlan.Sizes(
                largest(current == null ? 1 : current.sizes().training(), training, largestBatch),
                largest(current == null ? EVALUATION_BATCH : current.sizes().evaluation(), evaluation),
                losses,
                givenGradients);
        if (current == null || !current.sizes().cover(wanted)) {
            store();
            release();
            current = new ModelPlan(program, state, wanted);
            plan = current;
            hostIsAhead = true;
        }
        if (hostIsAhead) {
            current.load();
            hostIsAhead = false;
        }
        return current;
    }

    private static int largest(int... sizes) {
        return Arrays.stream(sizes).max().orElse(1);
    }

    /** Notes that the host's state has changed. */
    void hostHasChanged() {
        hostIsAhead = true;
    }

    /** Notes that the device's state has changed. */
    void deviceHasChanged() {
        deviceIsAhead = true;
    }

    boolean isDeviceAhead() {
        return deviceIsAhead;
    }

    /** Copies the state to the host if the device's is newer. */
    boolean store() {
        ModelPlan current = plan;
        if (deviceIsAhead && current != null) {
            current.store();
            deviceIsAhead = false;
        }
        return true;
    }

    /** The plan, if there is one. */
    @Nullable
    ModelPlan plan() {
        return plan;
    }

    boolean release() {
        ModelPlan current = plan;
        plan = null;
        if (current != null) {
            current.close();
        }
        return true;
    }
}
