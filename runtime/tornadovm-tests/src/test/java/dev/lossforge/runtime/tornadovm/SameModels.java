package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.EvaluationStep;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;

/** The same model on the CPU backend and on the device; what is done to both must give the same within float32. */
final class SameModels implements AutoCloseable {
    private final CompiledModel onCpu;
    private final CompiledModel onDevice;

    SameModels(Architecture architecture, CompileSpec spec) {
        onCpu = Backends.select("cpu").compile(architecture, spec);
        onDevice = new TornadoBackend().compile(architecture, spec);
    }

    CompiledModel onDevice() {
        return onDevice;
    }

    CompiledModel onCpu() {
        return onCpu;
    }

    /** One step on both; compares the loss and the outputs. */
    void step(String what, Batch batch, double tolerance) {
        StepResult expected = onCpu.trainStep(batch);
        StepResult actual = onDevice.trainStep(batch);
        assertThat(actual.applied()).as(what).isEqualTo(expected.applied());
        assertClose(what + ": loss", actual.dataLoss(), expected.dataLoss(), tolerance, 1);
        assertClose(what + ": penalty", actual.penalty(), expected.penalty(), tolerance, 1);
        compareLosses(what, actual.losses(), expected.losses(), tolerance);
        compare(what + ": used", actual.hyperparameters(), expected.hyperparameters(), tolerance);
        compareOutputs(what, tolerance);
    }

    /** Compares the outputs of the last step. */
    void compareOutputs(String what, double tolerance) {
        compare(
                what + ": outputs",
                onDevice.lastOutputs().named(),
                onCpu.lastOutputs().named(),
                tolerance);
    }

    private static void compareLosses(
            String what, Map<String, Double> actual, Map<String, Double> expected, double tolerance) {
        assertThat(actual.keySet()).as(what).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, loss) -> assertClose(what + ": " + name, actual.get(name), loss, tolerance, 1));
    }

    /** Evaluates and predicts on both; compares the loss, the penalty and the outputs. */
    void evaluate(String what, Batch batch, double tolerance) {
        EvaluationStep expected = onCpu.evaluate(batch);
        EvaluationStep actual = onDevice.evaluate(batch);
        assertClose(what + ": evaluated loss", actual.dataLoss(), expected.dataLoss(), tolerance, 1);
        assertClose(what + ": evaluated penalty", actual.penalty(), expected.penalty(), tolerance, 1);
        compareLosses(what + ": evaluated", actual.losses(), expected.losses(), tolerance);
        compare(what + ": evaluated with", actual.hyperparameters(), expected.hyperparameters(), tolerance);
        compare(
                what + ": evaluated outputs",
                actual.outputs().named(),
                expected.outputs().named(),
                tolerance);
        compare(
                what + ": prediction",
                onDevice.predictAll(batch).named(),
                onCpu.predictAll(batch).named(),
                tolerance);
    }

    /** Compares all parameters and all that the optimiser remembers. */
    void compareState(String what, double tolerance) {
        compare(what, onDevice.parameters(), onCpu.parameters(), tolerance);
        compare(what, onDevice.optimizerState().slots(), onCpu.optimizerState().slots(), tolerance);
        assertThat(onDevice.step()).as(what).isEqualTo(onCpu.step());
    }

    private static void compare(
            String what, Map<String, Tensor> actual, Map<String, Tensor> expected, double tolerance) {
        assertThat(actual.keySet()).as(what).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, tensor) -> assertClose(what + ": " + name, actual.get(name), tensor, tolerance));
    }

    /** Relative to the greatest entry: an entry is the sum of many terms of which some cancel. */
    static void assertClose(String what, Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        double max = 0;
        for (float value : expected.array()) {
            max = Math.max(max, Math.abs(value));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertClose(what + " " + i, actual.array()[i], expected.array()[i], tolerance, max);
        }
    }

    static void assertClose(String what, double actual, double expected, double tolerance, double scale) {
        boolean same = Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= tolerance * scale;
        assertThat(same).as("%s: %s instead of %s", what, actual, expected).isTrue();
    }

    static Tensor random(SplittableRandom random, int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return tensor;
    }

    @Override
    public void close() {
        onCpu.close();
        onDevice.close();
    }
}
