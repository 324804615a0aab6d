package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trainable model that is shared, or changed under its own training, is refused at once. */
@Timeout(60)
class SharedModelTest {
    private static final Dataset DATA = Dataset.of(Tensor.zeros(8, 2), Tensor.zeros(8, 2));
    private static final CompileOptions OPTIONS =
            CompileOptions.of(Adam.of(0.1), TestLosses.squaredError()).withThreads(2);

    private final Sequential model =
            Sequential.builder().input(2).add(Dense.of(2)).build();

    @BeforeEach
    void compile() {
        model.compile(OPTIONS);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Callback during(Runnable action) {
        return new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                action.run();
            }
        };
    }

    private static List<Consumer<Model>> uses() {
        return List.of(
                model -> model.fit(DATA, FitOptions.epochs(1)),
                model -> model.evaluate(DATA),
                model -> model.predict(DATA.inputs()),
                Model::parameters,
                Model::predictor,
                model -> model.compile(OPTIONS),
                model -> model.step(Batch.ofInputs(DATA.inputs()), outputs -> {
                    throw new AssertionError();
                }),
                Model::close);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void anotherThreadIsRefused(Consumer<Model> use) {
        List<Throwable> refusals = new ArrayList<>();
        model.fit(DATA, FitOptions.epochs(1).withBatchSize(8).withCallback(during(() -> {
            Thread other = new Thread(() -> refusals.add(catchThrowable(() -> use.accept(model))), "second");
            other.start();
            join(other);
        })));
        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The thread 'second' cannot call ")
                .hasMessageEndingWith("so use model.predictor() for predictions in several threads.");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallbackNeitherCompilesNorClosesNorFits() {
        for (int use : new int[] {0, 5, 6, 7}) {
            assertThatThrownBy(() -> model.fit(
                            DATA,
                            FitOptions.epochs(1)
                                    .withCallback(during(() -> uses().get(use).accept(model)))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("while fit of the same model runs; do so after fit has returned.");
        }
        // The refusals have broken nothing.
        assertThat(model.fit(DATA, FitOptions.epochs(2)).epochs()).hasSize(2);
    }

    @Test
    void aCallbackMayEvaluateAndPredict() {
        List<Tensor> seen = new ArrayList<>();
        model.fit(DATA, FitOptions.epochs(2).withCallback(during(() -> {
            model.evaluate(DATA);
            seen.add(model.predict(DATA.inputs()));
            model.predictor();
            model.loadParameters(model.parameters());
        })));
        assertThat(seen).hasSize(2);
    }

    /** A prediction between the two halves of a step would overwrite what its second half needs. */
    @Test
    void nothingComesBetweenTheHalvesOfAStep() {
        assertThatThrownBy(() -> model.step(Batch.ofInputs(DATA.inputs()), outputs -> {
                    model.predict(DATA.inputs());
                    return HeadLosses.square().valueAndGradients(LossInputs.of(outputs.only()), Reduction.MEAN);
                }))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot call predict while step");
    }

    @Test
    void aStepWithoutAResultIsRefused() {
        assertThatThrownBy(() -> model.step(Batch.ofInputs(DATA.inputs()), outputs -> null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The loss of the step returned null");
    }
}
