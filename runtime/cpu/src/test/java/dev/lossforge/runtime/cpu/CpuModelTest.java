package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.AllKernels;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A model on the CPU as a whole: what it learns, repeats, keeps and refuses. */
class CpuModelTest {
    private static final Architecture IMAGES = Architecture.input(10, 10, 1)
            .add(Conv2D.of(8, 3, Activation.RELU))
            .add(MaxPool2D.of(2))
            .add(Conv2D.of(8, 3, Activation.RELU))
            .add(Dropout.of(0.25))
            .add(Flatten.of())
            .add(Dense.of(16, Activation.RELU))
            .add(Dense.of(4))
            .build();

    private static CompileSpec classification(int threads) {
        return classification(threads, 5);
    }

    private static CompileSpec classification(int threads, long seed) {
        return CompileOptions.of(Adam.of(0.01), TestLosses.softmaxCrossEntropy())
                .withThreads(threads)
                .spec(seed);
    }

    private static CompiledModel compile(Architecture architecture, CompileSpec spec) {
        return new CpuBackend().compile(architecture, spec);
    }

    /** Images that are brighter in the quarter that the label names. */
    private static Batch images(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] pixels = RandomFloats.of(samples * 100, random);
        int[] labels = random.ints(samples, 0, 4).toArray();
        for (int i = 0; i < pixels.length; i++) {
            int quarter = i % 100 / 50 * 2 + i % 10 / 5;
            pixels[i] += quarter == labels[i / 100] ? 1 : 0;
        }
        return Batch.of(Tensor.over(pixels, samples, 10, 10, 1), IntTensor.vector(labels));
    }

    private static Map<String, Tensor> trained(CompileSpec spec, int steps) {
        try (CompiledModel model = compile(IMAGES, spec)) {
            for (int step = 0; step < steps; step++) {
                assertThat(model.trainStep(images(7 + step % 3, step)).applied())
                        .isTrue();
            }
            return model.parameters();
        }
    }

    @Test
    void isFoundByName() {
        assertThat(Backends.select("cpu")).isInstanceOf(CpuBackend.class);
        assertThat(Backends.select("auto")).isInstanceOf(CpuBackend.class);
    }

    @Test
    void learns() {
        try (CompiledModel model = compile(IMAGES, classification(2))) {
            double first = model.evaluate(images(64, 99)).loss();
            for (int step = 0; step < 150; step++) {
                model.trainStep(images(32, step));
            }
            assertThat(first).isGreaterThan(1);
            assertThat(model.evaluate(images(64, 99)).loss()).isLessThan(0.1);
            assertThat(model.step()).isEqualTo(150);
        }
    }

    @Test
    void sameSeedAndThreadsGiveTheSameBits() {
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(trained(classification(threads), 12)).isEqualTo(trained(classification(threads), 12));
        }
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        assertThat(trained(classification(1), 1)).isNotEqualTo(trained(classification(1, 6), 1));
    }

    @Test
    void theNumberOfThreadsChangesRoundingOnly() {
        Map<String, Tensor> one = trained(classification(1), 1);
        Map<String, Tensor> three = trained(classification(3), 1);
        // Adam's first step has the size of the learning rate whatever the gradient; where that is nearly 0, rounding
        // may turn it, so that a few values differ by up to two steps.
        assertThat(one.keySet()).isEqualTo(three.keySet());
        int apart = 0;
        int all = 0;
        for (String name : one.keySet()) {
            for (int i = 0; i < one.get(name).size(); i++) {
                double difference =
                        Math.abs(one.get(name).array()[i] - three.get(name).array()[i]);
                apart += difference > 1e-5 ? 1 : 0;
                all++;
            }
        }
        assertThat(apart).isLessThan(all / 200);
    }

    @Test
    void vectorAndPlainKernelsAgree() {
        try (CompiledModel vector = new CpuModel(IMAGES, classification(2), AllKernels.vector());
                CompiledModel plain = new CpuModel(IMAGES, classification(2), AllKernels.plain())) {
            double vectorLoss = vector.trainStep(images(9, 1)).loss();
            double plainLoss = plain.trainStep(images(9, 1)).loss();
            assertThat(vectorLoss).isCloseTo(plainLoss, within(1e-6));
            for (int i = 0; i < 36; i++) {
                assertThat(vector.lastOutputs().only().array()[i])
                        .isCloseTo(plain.lastOutputs().only().array()[i], within(1e-5f));
            }
        }
    }

    @Test
    void takesBatchesOfAnySizeInAnyOrder() {
        try (CompiledModel model = compile(IMAGES, classification(3))) {
            Tensor first = model.predict(images(5, 3).inputs());
            for (int size : new int[] {1, 32, 2, 7, 32, 1}) {
                Batch batch = images(size, 1);
                StepResult result = model.trainStep(batch);
                assertThat(result.applied()).isTrue();
                assertThat(model.lastOutputs().only().shape()).isEqualTo(batchShape(size));
            }
            model.loadParameters(compile(IMAGES, classification(1)).parameters());
            assertThat(model.predict(images(5, 3).inputs())).isEqualTo(first);
        }
    }

    private static Shape batchShape(int samples) {
        return Shape.of(samples, 4);
    }

    @Test
    void predictionsDoNotDependOnTheBatchTheyAreMadeIn() {
        try (CompiledModel model = compile(IMAGES, classification(2))) {
            Tensor inputs = images(600, 1).inputs();
            Tensor together = model.predict(inputs);
            for (int sample : new int[] {0, 255, 256, 599}) {
                assertThat(model.predict(inputs.rows(sample, sample + 1)).row(0))
                        .isEqualTo(together.row(sample));
            }
        }
    }

    @Test
    void evaluationAndPreparationChangeNothing() {
        try (CompiledModel model = compile(IMAGES, classification(2))) {
            model.trainStep(images(8, 1));
            Map<String, Tensor> before = model.parameters();
            OptimizerState state = model.optimizerState();
            EvaluationStep evaluation = model.evaluate(images(8, 2));
            model.prepare(16);
            assertThat(evaluation.outputs().only().shape()).isEqualTo(batchShape(8));
            assertThat(model.evaluate(images(8, 2)).dataLoss()).isEqualTo(evaluation.dataLoss());
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(model.optimizerState()).isEqualTo(state);
            assertThatThrownBy(model::lastOutputs).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void goesOnFromSavedParametersAndState() {
        try (CompiledModel model = compile(IMAGES, classification(2));
                CompiledModel restored = compile(IMAGES, classification(2))) {
            for (int step = 0; step < 3; step++) {
                model.trainStep(images(8, step));
            }
            restored.loadParameters(model.parameters());
            restored.loadOptimizerState(model.optimizerState());
            model.trainStep(images(8, 9));
            restored.trainStep(images(8, 9));
            assertThat(restored.parameters()).isEqualTo(model.parameters());
            assertThat(restored.optimizerState()).isEqualTo(model.optimizerState());
            assertThat(restored.step()).isEqualTo(4);
        }
    }

    @Test
    void aLossThatIsNotFiniteUpdatesNothing() {
        for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            try (CompiledModel model = compile(IMAGES, classification(2))) {
                model.trainStep(images(8, 1));
                Map<String, Tensor> before = model.parameters();
                OptimizerState state = model.optimizerState();
                Batch poisoned = images(8, 2);
                poisoned.inputs().array()[250] = poison;
                StepResult result = model.trainStep(poisoned);
                assertThat(result.applied()).isFalse();
                assertThat(result.loss()).isNaN();
                assertThat(model.parameters()).isEqualTo(before);
                assertThat(model.optimizerState()).isEqualTo(state);
                assertThat(model.trainStep(images(8, 3)).applied()).isTrue();
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitAndStaysAsItWas() {
        try (CompiledModel model = compile(IMAGES, classification(2))) {
            Map<String, Tensor> before = model.parameters();
            Batch batch = images(4, 1);
            assertThatThrownBy(() -> model.trainStep(Batch.of(batch.inputs().reshape(4, 100), batch.targets())))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[10, 10, 1]")
                    .hasMessageContaining("[4, 100]");
            assertThatThrownBy(() -> model.trainStep(Batch.of(batch.inputs(), IntTensor.vector(0, 1, 4, 2))))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("'label' of sample 2 of the batch is 4");
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(model.step()).isZero();
        }
    }

    @Test
    void aThousandStepsDoNotGrowTheHeap() {
        try (CompiledModel model = compile(IMAGES, classification(2))) {
            Batch full = images(16, 1);
            Batch last = images(5, 2);
            trainAlternately(model, full, last, 100);
            long before = usedHeap();
            trainAlternately(model, full, last, 1_000);
            assertThat(usedHeap() - before).isLessThan(1 << 20);
        }
    }

    private static void trainAlternately(CompiledModel model, Batch full, Batch last, int steps) {
        for (int step = 0; step < steps; step++) {
            model.trainStep(step % 10 == 9 ? last : full);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
