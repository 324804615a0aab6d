package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batch.Weighting;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.spark.internal.ring.BucketSums;
import dev.lossforge.spark.internal.ring.Ring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * A model on this worker that stays equal to those of the others, to the last bit: each computes the gradients of its
 * share of the batch, the ring adds them up in an order that is always the same, and each does the same update. Or each
 * trains by itself for some steps, and then they average parameters and optimizer states.
 */
final class RingModel implements CompiledModel {
    private static final float[] NO_VALUES = {};

    private final CompiledModel model;
    private final Ring ring;
    private final int rank;
    private final RingBackend.Averaging averaging;
    private final CompileSpec spec;
    private final float[] gradients;
    private final BucketSums buckets;
    private long computed;
    private long steps;

    RingModel(CompiledModel model, Ring ring, int rank, RingBackend.Averaging averaging) {
        this.model = model;
        this.ring = ring;
        this.rank = rank;
        this.averaging = averaging;
        this.spec = withOwnSeed(model.spec(), rank);
        this.gradients = new float[model.gradientSize()];
        this.buckets = new BucketSums(ring, gradients);
    }

    /** The steps so far of this job. */
    long steps() {
        return steps;
    }

    /** How long the steps took, in nanoseconds; time in the ring left out, unless this worker computed meanwhile. */
    long computedNanos() {
        return computed;
    }

    @Override
    public StepResult trainStep(Batch batch) {
        long start = System.nanoTime();
        long inRing = ring.summedNanos() + ring.waitedNanos();
        StepResult result = averaging.isOff() ? together(batch) : alone(batch);
        computed += System.nanoTime() - start - (ring.summedNanos() + ring.waitedNanos() - inRing);
        steps++;
        return result;
    }

    /** Sums gradients while the first layers still go backward. */
    private StepResult together(Batch share) {
        SharePlace place = place(share);
        if (mayCountDifferently(share)) {
            List<LossCount> own = model.counts(share);
            place = place.counting(RingNumbers.counts(ring.sum(NO_VALUES, RingNumbers.of(own))));
        }
        buckets.begin();
        GradientSums own = model.gradients(share, place, gradients, buckets::filled);
        double[][] all = buckets.finish(RingNumbers.of(own));
        return model.update(RingNumbers.sums(all, own.divided()), gradients);
    }

    /** Dropout drops by the place that a share would have in the batch of all workers: on each other values. */
    private SharePlace place(Batch share) {
        return SharePlace.at((long) rank * share.size());
    }

    /**
     * Whether each loss may need a divisor of its own, which takes another round of the ring. All workers see the same:
     * their data have the same columns.
     */
    private boolean mayCountDifferently(Batch share) {
        return spec.losses().size() > 1
                && switch (spec.reduction()) {
                    case NONE, SUM -> false;
                    case MEAN -> !share.weighting().masks().isEmpty();
                    case WEIGHTED_MEAN -> !share.weighting().equals(Weighting.EQUAL);
                };
    }

    private StepResult alone(Batch share) {
        SharePlace place = place(share).counting(model.counts(share));
        StepResult result = model.update(model.gradients(share, place, gradients), gradients);
        if (result.applied() && averaging.isDue(model.step())) {
            average();
        }
        return result;
    }

    private void average() {
        SequencedMap<String, Tensor> parameters = model.parameters();
        OptimizerState state = model.optimizerState();
        List<Tensor> tensors = new ArrayList<>(parameters.values());
        tensors.addAll(state.slots().values());
        float[] flat = new float[tensors.stream().mapToInt(Tensor::size).sum()];
        int at = 0;
        for (Tensor tensor : tensors) {
            System.arraycopy(tensor.array(), 0, flat, at, tensor.size());
            at += tensor.size();
        }
        ring.sum(flat);
        at = 0;
        for (Tensor tensor : tensors) {
            for (int i = 0; i < tensor.size(); i++) {
                tensor.array()[i] = flat[at++] / ring.workers();
            }
        }
        model.loadParameters(parameters);
        model.loadOptimizerState(new OptimizerState(state.step(), new LinkedHashMap<>(state.slots())));
    }

    @Override
    public Architecture architecture() {
        return model.architecture();
    }

    /**
     * With a seed of this worker's own, from which the order of its samples follows: with one seed on all, the same
     * samples would meet in a batch in every epoch. Parameters and dropout follow from the model's seed, which the
     * first worker keeps, so that one worker alone takes the batches of one machine.
     */
    @Override
    public CompileSpec spec() {
        return spec;
    }

    private static CompileSpec withOwnSeed(CompileSpec spec, int rank) {
        return new CompileSpec(
                spec.losses(),
                spec.reduction(),
                spec.optimizer(),
                spec.hyperparameterRate(),
                spec.penalties(),
                spec.clipping(),
                spec.frozenLayers(),
                rank == 0 ? spec.seed() : new SplittableRandom(spec.seed() ^ rank).nextLong(),
                spec.threads());
    }

    @Override
    public void prepare(int largestBatch) {
        model.prepare(largestBatch);
    }

    @Override
    public Outputs lastOutputs() {
        return model.lastOutputs();
    }

    @Override
    public EvaluationStep evaluate(Batch batch) {
        return model.evaluate(batch);
    }

    @Override
    public Tensor predict(Tensor inputs) {
        return model.predict(inputs);
    }

    @Override
    public Outputs predictAll(Batch inputs) {
        return model.predictAll(inputs);
    }

    @Override
    public double learningRate() {
        return model.learningRate();
    }

    @Override
    public void setLearningRate(double learningRate) {
        model.setLearningRate(learningRate);
    }

    @Override
    public long step() {
        return model.step();
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return model.parameters();
    }

    @Override
    public void loadParameters(Map<String, Tensor> parameters) {
        model.loadParameters(parameters);
    }

    @Override
    public OptimizerState optimizerState() {
        return model.optimizerState();
    }

    @Override
    public void loadOptimizerState(OptimizerState state) {
        model.loadOptimizerState(state);
    }

    @Override
    public void close() {
        buckets.close();
        model.close();
    }
}
