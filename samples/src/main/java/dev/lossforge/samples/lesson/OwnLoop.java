package dev.lossforge.samples.lesson;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.function.Function;

/**
 * A training loop of one's own, for losses that {@code Sequential.fit} does not take: with hyperparameters that are
 * trained too, or of several predictions. The loss is computed outside; the model takes a step along the gradient that
 * it is told.
 */
public final class OwnLoop {
    private final Sequential model;

    private OwnLoop(Sequential model) {
        this.model = model;
    }

    /** Compiles the model for this loop, in which some layers may stay as they are. */
    public static OwnLoop of(Sequential model, Optimizer optimizer, String... frozenLayers) {
        model.compile(CompileOptions.of(optimizer, new AlongLoss())
                .withReduction(Reduction.SUM)
                .withFrozenLayers(frozenLayers));
        return new OwnLoop(model);
    }

    /**
     * One step on a batch. The model must be without dropout, as its outputs are made twice.
     *
     * @param loss of the model's outputs, its only or first prediction
     */
    public LossResult step(Tensor inputs, Function<Tensor, LossResult> loss) {
        LossResult result = loss.apply(model.predict(inputs));
        along(inputs, result.gradient());
        return result;
    }

    /** One step with this gradient of a loss by the outputs. */
    public void along(Tensor inputs, Tensor gradient) {
        model.compiledModel().trainStep(Batch.of(inputs, gradient));
    }
}
