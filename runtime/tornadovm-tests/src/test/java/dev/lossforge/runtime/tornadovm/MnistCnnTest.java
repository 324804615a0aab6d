package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.metric.Metric;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.samples.mnist.MnistCnn;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;

/**
 * The sample's network, trained on the device and on the CPU from the same seed with the same batches. From the same
 * state the losses are the same within float32. Trained apart, the states part at the first rectifier or pooling window
 * in which rounding decides, and the difference grows: the CPU backend on one thread and on two is 9e-5 apart after 40
 * steps, 4e-3 after 50 and 0.1 after 150. So what such trainings have in common is what they learn.
 */
class MnistCnnTest {
    private static final int BATCH = 16;
    private static final int STEPS = 200;
    private static final int STEPS_TOGETHER = 40;
    private static final int TEST_IMAGES = 500;
    /** Of a mean of 16 losses, each of float32 sums of up to 1600 terms. */
    private static final double TOLERANCE = 2e-6;

    private final GeneratedDigits digits = GeneratedDigits.seeded(1);

    private static SameModels models() {
        return new SameModels(MnistCnn.build(1).architecture(), spec());
    }

    private static CompileSpec spec() {
        return CompileOptions.of(Adam.of(), new SoftmaxCrossEntropyLoss())
                .withThreads(1)
                .spec(1);
    }

    private Batches batches(int steps) {
        Batches batches = digits.train(steps * BATCH - 5).toDataset().batches(BATCH);
        batches.shuffle(1, 1);
        return batches;
    }

    /** docs/gpu.md tells which. Each launch costs the host time that a small batch does not hide. */
    @Test
    void aStepLaunchesTwentyKernels() {
        Architecture architecture = MnistCnn.build(1).architecture();
        CompileSpec spec = spec();
        Batch batch = batches(1).iterator().next();
        Tensor outputs = Tensor.zeros(architecture.outputShape().batchOf(batch.size()));
        LossShape loss = LossShape.of(BoundLoss.of(spec.loss(), LossInputs.of(outputs, batch.targets())), batch.size());
        DeviceProgram program = DeviceProgram.of(architecture, spec, Devices.first());
        ModelState state = new ModelState(architecture, spec);
        GridScheduler grids = new GridScheduler();
        new BatchGraph(program, state, BATCH, List.of(loss), BatchGraph.Purpose.TRAIN)
                .tasks()
                .graph(grids);
        assertThat(grids.keySet()).hasSize(20);
    }

    @Test
    void everyLossFromTheSameStateIsThatOfTheCpu() {
        try (SameModels models = models()) {
            int step = 0;
            for (Batch batch : batches(STEPS_TOGETHER)) {
                models.onDevice().loadParameters(models.onCpu().parameters());
                models.onDevice().loadOptimizerState(models.onCpu().optimizerState());
                models.step("step " + step++, batch, TOLERANCE);
            }
            assertThat(step).isEqualTo(STEPS_TOGETHER);
        }
    }

    @Test
    void learnsAsMuchAsOnTheCpu() {
        double onCpu = 0;
        double onDevice = 0;
        try (SameModels models = models()) {
            int step = 0;
            for (Batch batch : batches(STEPS)) {
                double cpuLoss = models.onCpu().trainStep(batch).dataLoss();
                double deviceLoss = models.onDevice().trainStep(batch).dataLoss();
                if (step++ >= STEPS / 2) {
                    onCpu += cpuLoss;
                    onDevice += deviceLoss;
                }
            }
            assertThat(onDevice / onCpu).isCloseTo(1, within(0.1));
            Dataset test = digits.test(TEST_IMAGES).toDataset();
            double accuracy = accuracy(models.onCpu(), test);
            assertThat(accuracy).isGreaterThan(0.7);
            assertThat(accuracy(models.onDevice(), test)).isCloseTo(accuracy, within(0.05));
        }
    }

    private static double accuracy(CompiledModel model, Dataset test) {
        Metric.Tally tally = Metrics.accuracy().tally();
        Tensor outputs = model.predict(test.inputs());
        tally.add(outputs, test.targets());
        return tally.value();
    }
}
