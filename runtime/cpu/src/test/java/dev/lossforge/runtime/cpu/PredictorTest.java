package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.model.Predictor;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private static final int SAMPLES = 300;
    private static final Tensor IMAGES =
            Tensor.over(RandomFloats.of(SAMPLES * 144, new SplittableRandom(5)), SAMPLES, 12, 12, 1);

    private static Sequential model() {
        Sequential model = Sequential.builder()
                .input(12, 12, 1)
                .add(Conv2D.of(16, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(16, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Flatten.of())
                .add(Dropout.of(0.4))
                .add(Dense.of(32, Activation.RELU))
                .add(Dense.of(4))
                .seed(2)
                .build();
        model.compile(Adam.of(0.01), TestLosses.softmaxCrossEntropy());
        return model;
    }

    @Test
    void predictsAsTheModelDoesAndStaysAsItIs() {
        try (Sequential model = model()) {
            Predictor predictor = model.predictor();
            Tensor expected = model.predict(IMAGES);
            assertThat(predictor.predict(IMAGES)).isEqualTo(expected);
            assertThat(predictor.predict(IMAGES.rows(7, 8))).isEqualTo(expected.rows(7, 8));
            int[] labels = new SplittableRandom(1).ints(SAMPLES, 0, 4).toArray();
            model.fit(Dataset.of(IMAGES, IntTensor.vector(labels)), FitOptions.epochs(1));
            assertThat(model.predict(IMAGES)).isNotEqualTo(expected);
            assertThat(predictor.predict(IMAGES)).isEqualTo(expected);
            assertThatThrownBy(() -> predictor.predict(Tensor.zeros(2, 12, 12)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[12, 12, 1]");
        }
    }

    @Test
    void needsNoCompilation() {
        Sequential model = Sequential.builder().input(3).add(Dense.of(2)).build();
        Tensor weights = model.parameters().get("dense.weights");
        assertThat(model.predictor()
                        .predict(Tensor.matrix(new float[] {0, 1, 0}))
                        .array())
                .containsExactly(weights.get(1, 0), weights.get(1, 1));
    }

    @Test
    void eightThreadsGetTheSameBits() throws Exception {
        try (Sequential model = model()) {
            Predictor predictor = model.predictor();
            Tensor expected = model.predict(IMAGES);
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                wrong.add(pool.submit(() -> countWrong(predictor, expected, random)));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
            pool.shutdown();
        }
    }

    private static int countWrong(Predictor predictor, Tensor expected, SplittableRandom random) {
        int wrong = 0;
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(SAMPLES);
            int to = Math.min(SAMPLES, from + 1 + random.nextInt(5));
            wrong += predictor.predict(IMAGES.rows(from, to)).equals(expected.rows(from, to)) ? 0 : 1;
        }
        return wrong;
    }
}
