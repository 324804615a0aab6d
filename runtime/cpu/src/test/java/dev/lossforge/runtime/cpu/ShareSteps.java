package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.model.Model;
import java.util.ArrayList;
import java.util.List;

/** A step by the shares of a batch, compared with the step by the whole batch. */
final class ShareSteps {
    private ShareSteps() {}

    /** @param counting whether the shares know what each loss counts in the whole batch */
    static StepResult assertSharesMakeTheStep(Model one, Model several, Batch batch, boolean counting) {
        StepResult expected = one.compiledModel().trainStep(batch);
        CompiledModel model = several.compiledModel();
        Batch head = batch.rows(0, 6);
        Batch tail = batch.rows(6, PaddedSequences.SAMPLES);
        List<LossCount> counts = new ArrayList<>();
        for (int i = 0; i < expected.divisors().size() && counting; i++) {
            counts.add(model.counts(head).get(i).plus(model.counts(tail).get(i)));
        }
        float[] first = new float[model.gradientSize()];
        float[] second = new float[first.length];
        GradientSums sums = model.gradients(head, SharePlace.at(0).counting(counts), first)
                .plus(model.gradients(tail, SharePlace.at(6).counting(counts), second));
        for (int i = 0; i < first.length; i++) {
            first[i] += second[i];
        }
        StepResult actual = model.update(sums, first);
        assertThat(actual.applied()).isTrue();
        assertThat(actual.dataLoss()).isCloseTo(expected.dataLoss(), within(1e-6 * expected.dataLoss()));
        for (int i = 0; i < expected.divisors().size(); i++) {
            assertThat(actual.divisors().get(i)).isCloseTo(expected.divisors().get(i), within(1e-9));
        }
        expected.losses()
                .forEach((name, value) ->
                        assertThat(actual.losses().get(name)).as(name).isCloseTo(value, within(1e-6 * value)));
        one.parameters()
                .forEach((name, tensor) -> assertThat(
                                several.parameters().get(name).array())
                        .as(name)
                        .containsExactly(tensor.array(), within(1e-5f)));
        return actual;
    }
}
