package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.losses.ContrastiveLoss;
import dev.lossforge.losses.DiscountedReturnLoss;
import dev.lossforge.losses.ElasticNetRegularizer;
import dev.lossforge.losses.L1Regularizer;
import dev.lossforge.losses.L2Regularizer;
import dev.lossforge.losses.OrthogonalRegularizer;
import dev.lossforge.losses.SoftmaxCrossEntropyWithZLoss;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole training steps on the device, against the CPU backend. */
class TrainingTest {
    private static final int CLASSES = 4;
    private static final double TOLERANCE = 2e-5;

    static final Architecture MODEL = Architecture.input(6)
            .add(Dense.of(20, Activation.RELU))
            .add(Dropout.of(0.25))
            .add(Dense.of(CLASSES))
            .build();

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                Sgd.of(0.1),
                Sgd.of(0.1).withMomentum(0.9),
                Sgd.of(0.1).withNesterovMomentum(0.9),
                Adam.of(0.01),
                AdamW.of(0.01).withWeightDecay(0.1));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimiserStepsAsOnTheCpu(Optimizer optimizer) {
        CompileSpec spec =
                CompileOptions.of(optimizer, new SoftmaxCrossEntropyLoss()).spec(2);
        SplittableRandom random = new SplittableRandom(2);
        try (SameModels models = new SameModels(MODEL, spec)) {
            for (int step = 0; step < 6; step++) {
                models.step(optimizer + " step " + step, batch(step == 3 ? 7 : 12, random), TOLERANCE);
            }
            models.onCpu().setLearningRate(0.005);
            models.onDevice().setLearningRate(0.005);
            models.step(optimizer + " at another rate", batch(12, random), TOLERANCE);
            models.compareState(optimizer.toString(), TOLERANCE);
        }
    }

    /** Of the plan's three graphs, two have the tables of states. */
    @Test
    void aLossWithAScanIsTrained() {
        CompileSpec spec =
                CompileOptions.of(Adam.of(0.01), new DiscountedReturnLoss()).spec(0);
        Architecture model = Architecture.input(6).add(Dense.of(CLASSES)).build();
        SplittableRandom random = new SplittableRandom(7);
        try (SameModels models = new SameModels(model, spec)) {
            for (int samples : new int[] {12, 7}) {
                Batch batch =
                        Batch.of(SameModels.random(random, samples, 6), SameModels.random(random, samples, CLASSES));
                models.step("step of " + samples, batch, TOLERANCE);
                models.evaluate("evaluation of " + samples, batch, TOLERANCE);
            }
            models.compareState("state", TOLERANCE);
        }
    }

    @Test
    void penaltiesWeightsAndReductionsCount() {
        CompileSpec spec = CompileOptions.of(Sgd.of(0.1), new SoftmaxCrossEntropyLoss())
                .withReduction(Reduction.WEIGHTED_MEAN)
                .withPenalty(0.01, new L2Regularizer())
                .withPenalty(0.02, new L1Regularizer())
                .withPenalty(0.03, new ElasticNetRegularizer(0.3f))
                .spec(0);
        SplittableRandom random = new SplittableRandom(3);
        try (SameModels models = new SameModels(MODEL, spec)) {
            for (int step = 0; step < 3; step++) {
                Batch plain = batch(9, random);
                float[] weights = new float[9];
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = random.nextInt(3);
                }
                models.step("weighted", new Batch(plain.inputs(), plain.targets(), Tensor.over(weights, 9)), TOLERANCE);
                models.step("unweighted", plain, TOLERANCE);
            }
            models.compareState("penalties", TOLERANCE);
            models.evaluate("penalties", batch(5, random), TOLERANCE);
        }
    }

    /** The device knows no parts: they are computed from its outputs, and make up the loss that it computed. */
    @Test
    void partsMakeUpTheLossOfTheDevice() {
        CompileSpec spec = CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyWithZLoss(0.5f))
                .spec(0);
        SplittableRandom random = new SplittableRandom(5);
        try (SameModels models = new SameModels(MODEL, spec)) {
            for (int step = 0; step < 3; step++) {
                Batch batch = batch(9, random);
                StepResult result = models.onDevice().trainStep(batch);
                assertPartsMakeUp(
                        result.dataLoss(), spec.lossParts(models.onDevice().lastOutputs(), batch, Map.of()));
                EvaluationStep evaluation = models.onDevice().evaluate(batch);
                assertPartsMakeUp(evaluation.dataLoss(), spec.lossParts(evaluation.outputs(), batch, Map.of()));
            }
        }
    }

    private static void assertPartsMakeUp(double loss, Map<String, Double> parts) {
        assertThat(parts.keySet()).containsExactly("crossEntropy", "zLoss");
        SameModels.assertClose("loss", parts.get("crossEntropy") + 0.5 * parts.get("zLoss"), loss, TOLERANCE, 1);
    }

    @Test
    void penaltiesOnRowsAndMatricesCount() {
        CompileSpec spec = CompileOptions.of(Sgd.of(0.1), new SoftmaxCrossEntropyLoss())
                .withPenalty(0.01, new OrthogonalRegularizer())
                .withPenalty(0.02, new L2Regularizer())
                .withPenalty(0.03, new GroupLassoRegularizer())
                .spec(0);
        requireSameSteps(spec, "mixed", 8);
        requireSameSteps(
                CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss())
                        .withPenalty(0.1, new OrthogonalRegularizer())
                        .spec(0),
                "orthogonal",
                9);
    }

    private static void requireSameSteps(CompileSpec spec, String what, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (SameModels models = new SameModels(MODEL, spec)) {
            for (int step = 0; step < 4; step++) {
                models.step(what, batch(9, random), TOLERANCE);
            }
            models.compareState(what, TOLERANCE);
            models.evaluate(what, batch(5, random), TOLERANCE);
        }
    }

    /**
     * By SGD: the loss depends on differences of rows, so that the slope of the last bias is 0 but for rounding, from
     * which Adam would make steps of full length. That bias is not compared, but the outputs of each next step are.
     */
    @Test
    void lossesOverTheBatchTrain() {
        SplittableRandom random = new SplittableRandom(10);
        try (SameModels models = new SameModels(
                MODEL, CompileOptions.of(Sgd.of(0.1), new ContrastiveLoss(1f)).spec(0))) {
            for (int samples : new int[] {12, 12, 7, 12, 1, 20}) {
                models.step("contrastive of " + samples, batch(samples, random), TOLERANCE);
            }
            models.evaluate("contrastive", batch(9, random), TOLERANCE);
        }
    }

    @Test
    void evaluationChangesNothingAndLargerBatchesAreTaken() {
        CompileSpec spec =
                CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()).spec(0);
        SplittableRandom random = new SplittableRandom(4);
        try (SameModels models = new SameModels(MODEL, spec)) {
            models.evaluate("before", batch(3, random), TOLERANCE);
            for (int samples : new int[] {4, 300, 8}) {
                models.step("step of " + samples, batch(samples, random), TOLERANCE);
                models.evaluate("after a step of " + samples, batch(samples + 1, random), TOLERANCE);
            }
            models.compareState("after evaluations", TOLERANCE);
        }
    }

    @Test
    void aStepThatIsNotFiniteChangesNothing() {
        CompileSpec spec =
                CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()).spec(0);
        SplittableRandom random = new SplittableRandom(5);
        try (SameModels models = new SameModels(MODEL, spec)) {
            models.step("first", batch(4, random), TOLERANCE);
            Batch wrong = batch(4, random);
            wrong.inputs().array()[2] = Float.NaN;
            assertThat(models.onDevice().trainStep(wrong).applied()).isFalse();
            assertThat(models.onCpu().trainStep(wrong).applied()).isFalse();
            models.compareState("after a NaN", TOLERANCE);
            models.step("next", batch(4, random), TOLERANCE);
        }
    }

    @Test
    void aCheckpointContinuesTheSameTraining() {
        CompileSpec spec =
                CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()).spec(0);
        SplittableRandom random = new SplittableRandom(6);
        Batch first = batch(6, random);
        Batch second = batch(6, random);
        try (CompiledModel straight = new TornadoBackend().compile(MODEL, spec);
                CompiledModel resumed = new TornadoBackend().compile(MODEL, spec)) {
            straight.trainStep(first);
            resumed.trainStep(second);
            resumed.loadParameters(straight.parameters());
            resumed.loadOptimizerState(straight.optimizerState());
            double expected = straight.trainStep(second).dataLoss();
            assertThat(resumed.trainStep(second).dataLoss()).isEqualTo(expected);
            straight.parameters()
                    .forEach((name, tensor) ->
                            assertThat(resumed.parameters().get(name).array()).containsExactly(tensor.array()));
        }
    }

    @Test
    void aThousandStepsTakeNoMoreMemory() {
        CompileSpec spec =
                CompileOptions.of(Adam.of(0.001), new SoftmaxCrossEntropyLoss()).spec(0);
        Batch batch = batch(4, new SplittableRandom(7));
        try (DeviceModel model = (DeviceModel) new TornadoBackend().compile(MODEL, spec)) {
            for (int step = 0; step < 10; step++) {
                model.trainStep(batch);
                model.evaluate(batch);
            }
            long before = model.deviceMemory();
            for (int step = 0; step < 1000; step++) {
                model.trainStep(batch);
            }
            model.evaluate(batch);
            assertThat(before).isPositive();
            assertThat(model.deviceMemory()).isEqualTo(before);
        }
    }

    @Test
    void aLossWithoutKernelsIsRefusedByName() {
        CompileSpec spec = CompileOptions.of(Sgd.of(0.1), new WithoutKernels()).spec(0);
        assertThatThrownBy(() -> new TornadoBackend().compile(MODEL, spec))
                .hasMessageContaining("byHand")
                .hasMessageContaining("no kernels for devices");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThat(new TornadoBackend().onDevice("7:7").unavailableReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("7:7").contains("0:0"));
        assertThat(new TornadoBackend().onDevice("0:0").unavailableReason()).isEmpty();
        assertThat(new TornadoBackend().devices()).isNotEmpty();
    }

    private static Batch batch(int samples, SplittableRandom random) {
        return Batch.of(
                SameModels.random(random, samples, 6),
                IntTensor.over(random.ints(samples, 0, CLASSES).toArray(), samples));
    }
}
