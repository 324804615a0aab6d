package dev.lossforge.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of a loss in a training: reported beside the loss, and added up as it is. */
class PartsTest {
    private final Dataset data = SequentialTest.comparisons(50, 1);

    private static Sequential model(Reduction reduction) {
        Sequential model =
                Sequential.builder().input(2).add(Dense.of(2)).seed(4).build();
        model.compile(CompileOptions.of(Sgd.of(0.1), new ErrorInParts())
                .withReduction(reduction)
                .withBackend(new LinearBackend()));
        return model;
    }

    private static double total(Scores scores) {
        return scores.part(ErrorInParts.OWN) + scores.part(ErrorInParts.OTHERS) + LinearModel.PENALTY;
    }

    @Test
    void everyEpochAndStepTellsThePartsOfItsLoss() {
        List<Scores> steps = new ArrayList<>();
        Callback recorder = new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                steps.add(event.scores());
            }
        };
        Sequential model = model(Reduction.MEAN);
        History history = model.fit(
                data,
                FitOptions.epochs(2).withBatchSize(20).withValidation(data).withCallback(recorder));
        assertThat(steps).hasSize(6);
        assertThat(steps).allSatisfy(s -> assertThat(total(s)).isCloseTo(s.loss(), within(1e-6)));
        for (History.Epoch epoch : history.epochs()) {
            assertThat(total(epoch.scores())).isCloseTo(epoch.loss(), within(1e-6));
            Scores validation = epoch.validation().orElseThrow().scores();
            assertThat(total(validation)).isCloseTo(validation.loss(), within(1e-6));
        }
        assertThat(history.last().part(ErrorInParts.OWN))
                .isLessThan(history.epochs().getFirst().part(ErrorInParts.OWN));
        Evaluation evaluation = model.evaluate(data, 7);
        assertThat(evaluation.scores().parts().keySet()).containsExactly(ErrorInParts.OWN, ErrorInParts.OTHERS);
        assertThat(evaluation.part(ErrorInParts.OWN))
                .isCloseTo(model.evaluate(data).part(ErrorInParts.OWN), within(1e-6));
    }

    /** Batches of 20, 20 and 10 samples must not count alike in a mean, and add up in a sum. */
    @ParameterizedTest
    @EnumSource(names = {"SUM", "MEAN", "WEIGHTED_MEAN"})
    void partsAreReducedAsTheLossIs(Reduction reduction) {
        Sequential model = model(reduction);
        double own = model.evaluate(data, 20).part(ErrorInParts.OWN);
        double inOne = model.evaluate(data, 50).part(ErrorInParts.OWN);
        assertThat(own).isCloseTo(inOne, within(1e-5));
        double mean = model(Reduction.MEAN).evaluate(data).part(ErrorInParts.OWN);
        assertThat(own).isCloseTo(reduction == Reduction.SUM ? 50 * mean : mean, within(1e-4));
    }

    @Test
    void aPartThatIsNotThereIsNamed() {
        Evaluation evaluation = model(Reduction.MEAN).evaluate(data);
        assertThatThrownBy(() -> evaluation.part("other"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("There is no part 'other'; the loss has own, others.");
    }
}
