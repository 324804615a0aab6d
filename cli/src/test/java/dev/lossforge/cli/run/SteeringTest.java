package dev.lossforge.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.callback.EarlyStopping;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.callback.ReduceLearningRateOnPlateau;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteeringTest {
    private static final Dataset IMAGES = Dataset.of(Tensor.vector(0, 1, 2, 3, 4), Tensor.vector(0, 1, 2, 3, 4));

    /** Ten steps an epoch, four epochs, from the rate 0.8. */
    private static Schedule schedule(String text, int warmUp) {
        return ScheduleChoice.parse(text).over(0.8, 10, 4, warmUp);
    }

    @ParameterizedTest
    @CsvSource({
        "constant,        0, 0.8",
        "constant,       39, 0.8",
        "cosine,         40, 0.008",
        "cosine:0.5,      0, 0.8",
        "cosine:0.5,     20, 0.6",
        "cosine:0.5,    100, 0.4",
        "exponential:0.5, 10, 0.4",
        "exponential:0.5, 20, 0.2",
        "step:0.5:2,     19, 0.8",
        "step:0.5:2,     20, 0.4",
    })
    void readsSchedules(String text, long step, double rate) {
        assertThat(schedule(text, 0).at(step)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void warmsUpFirst() {
        assertThat(schedule("constant", 3).at(0)).isCloseTo(0.2, within(1e-12));
        assertThat(schedule("constant", 3).at(3)).isEqualTo(0.8);
        assertThat(schedule("cosine:0.5", 20).at(40)).isCloseTo(0.4, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    linear          | none of constant, cosine, cosine:LAST, exponential:FACTOR, step:FACTOR:EPOCHS
                    constant:1      | none of constant
                    step:0.5        | none of constant
                    cosine:1        | factor '1' is not a number above 0 and below 1
                    exponential:x   | factor 'x'
                    exponential:NaN | factor 'NaN'
                    step:0.5:0      | epochs '0' is not a whole number of at least 1
                    """)
    void refusesOtherSchedules(String text, String complaint) {
        assertThatThrownBy(() -> ScheduleChoice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void addsOnlyWhatIsAskedFor() {
        FitOptions plain = FitOptions.epochs(4);
        assertThat(Steering.NONE.applyTo(plain, IMAGES, 0.1)).isEqualTo(plain);
        assertThat(Steering.NONE.description()).isEmpty();
        FitOptions scheduled = new Steering("cosine", 4, 0, 2, null, null, null, 0, 2).applyTo(plain, IMAGES, 0.1);
        assertThat(scheduled.callbacks()).hasExactlyElementsOfTypes(LearningRateScheduler.class, EarlyStopping.class);
        FitOptions reduced = new Steering("constant", 4, 0, null, 2, null, null, 0, 0).applyTo(plain, IMAGES, 0.1);
        assertThat(reduced.callbacks()).hasExactlyElementsOfTypes(ReduceLearningRateOnPlateau.class);
    }

    @Test
    void theNormaliserIsPunishedWhereThatIsAskedFor() {
        assertThat(Steering.NONE.loss().signature().parts()).isEmpty();
        LossFunction loss = new Steering("constant", 4, 0, null, null, null, null, 0.25, 0).loss();
        assertThat(loss.signature().parts()).containsExactly("crossEntropy", "zLoss");
        assertThat(loss.description()).contains("zWeight=[0.25]");
        assertThatThrownBy(() -> new Steering("constant", 4, 0, null, null, null, null, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsTheLastImagesBack() {
        Steering steering = new Steering("constant", 4, 0, null, null, null, null, 0, 2);
        assertThat(steering.training(IMAGES).inputs()).isEqualTo(Tensor.vector(0, 1, 2));
        assertThat(steering.applyTo(FitOptions.epochs(4), IMAGES, 0.1).validation())
                .hasValueSatisfying(data -> assertThat(data.inputs()).isEqualTo(Tensor.vector(3, 4)));
        assertThatThrownBy(() -> new Steering("constant", 4, 0, null, null, null, null, 0, 5).training(IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Holding out 5 of 5 training images leaves none");
    }

    @Test
    void isPartOfTheOptionsThatARunKeeps() {
        Steering steering = new Steering("step:0.5:2", 4, 10, 3, null, 1.5, null, 0, 100);
        RunRecord.Options options = new RunRecord.Options(4, 32, 0.1, null, "cpu", null, 2, "auto", 500, 3, steering);
        assertThat(RunRecord.Options.parse(options.json())).isEqualTo(options);
        assertThat(steering.description())
                .containsExactly(
                        entry("schedule", "step:0.5:2"),
                        entry("warm-up", "10 steps"),
                        entry("early stopping", "after 3 epochs without improvement"),
                        entry("gradients clipped", "to norm 1.5"),
                        entry("held out for validation", "100 images"));
        String old =
                "{\"epochs\":4,\"batchSize\":32,\"learningRate\":0.1,\"backend\":\"cpu\",\"threads\":2,\"data\":\"auto\"}";
        assertThat(RunRecord.Options.parse(old).steering()).isEqualTo(Steering.NONE);
        assertThatThrownBy(() -> RunRecord.Options.parse(options.json().replace("step:0.5:2", "jump")))
                .isInstanceOf(DataException.class);
    }
}
