package dev.lossforge.runtime.cpu.internal.layer;

import static dev.lossforge.runtime.cpu.internal.layer.PyTorchValuesTest.assertClose;
import static dev.lossforge.runtime.cpu.internal.layer.PyTorchValuesTest.forward;
import static dev.lossforge.runtime.cpu.internal.layer.PyTorchValuesTest.lanes;
import static dev.lossforge.runtime.cpu.internal.layer.PyTorchValuesTest.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.tensor.Shape;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Layers with state, and the transposed convolution, as PyTorch 2 computes them in double precision. */
class PyTorchLayersTest {

    private static float[] cycle(int length, int factor, int modulus, float divisor, float shift) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * factor % modulus / divisor - shift;
        }
        return values;
    }

    private static float[] read(ParameterStore store, float[] flat, int parameter) {
        return store.layout().blocks().get(parameter).toTensor(flat).array();
    }

    /** Starts backward from these gradients of the outputs; returns the gradients of the parameters by position. */
    private static IntFunction<float[]> backward(Network network, ParameterStore store, int samples, float... start) {
        System.arraycopy(start, 0, network.output().gradients(), 0, start.length);
        for (int stage = network.stages() - 1; stage >= 0; stage--) {
            network.backward(stage, 0, 0, samples);
            if (stage > 0) {
                network.meetBackward(stage, samples);
            }
        }
        return parameter -> read(store, store.gradients().total(), parameter);
    }

    @Test
    void batchNorm() {
        Architecture architecture =
                Architecture.input(2, 3).add("norm", BatchNorm.of()).build();
        float[] inputs = cycle(12, 7, 11, 4, 1);
        ParameterStore store = store(
                architecture,
                Map.of(
                        "norm.scale", new float[] {1, 2, -0.5f},
                        "norm.bias", new float[] {0, 1, -1},
                        "norm.runningMean", new float[3],
                        "norm.runningVariance", new float[] {1, 1, 1}),
                lanes());
        Network network = forward(architecture, store, 2, inputs);
        assertClose(
                network.output().values(),
                12,
                -1.7042161975625914,
                3.683109859463399,
                -1.6707774648658498,
                0.8205485395671736,
                1.8943699531544664,
                -1.2235924882886167,
                0.5680720658541971,
                0.10563004684553357,
                -0.7764075117113833,
                0.3155955921412206,
                -1.683109859463399,
                -0.32922253513415023);
        IntFunction<float[]> gradients = backward(network, store, 2, cycle(12, 5, 7, 2, 1));
        assertClose(gradients.apply(0), 3, 1.4517397238496148, 4.024664789195099, -2.235924882886166);
        assertClose(gradients.apply(1), 3, -1, 2, 5);
        assertThat(gradients.apply(2)).containsOnly(0);
        assertThat(gradients.apply(3)).containsOnly(0);
        network.settle();
        network.refresh(0, 1);
        assertClose(read(store, store.values(), 2), 3, 0.06875, 0.037500000000000006, -0.0625);
        assertClose(read(store, store.values(), 3), 3, 1.0307291666666667, 0.9104166666666667, 0.9104166666666667);
        network.forward(0, 0, 2, new Pass(false, 0));
        assertClose(
                network.output().values(),
                12,
                -1.0526930077708998,
                2.493455819173426,
                -0.9017463276859587,
                1.409746776488515,
                1.9694362334985398,
                -0.7707414312672372,
                1.1635027980625734,
                1.4454166478236534,
                -0.6397365348485156,
                0.917258819636632,
                0.921397062148767,
                -0.508731638429794);
    }

    @Test
    void transposedConvolution() {
        ConvTranspose2D layer = ConvTranspose2D.of(3, 1)
                .withKernel(3, 2)
                .withStride(2, 1)
                .withPadding(1, 0)
                .withOutputPadding(1, 0);
        Architecture architecture =
                Architecture.input(2, 3, 2).add("conv", layer).build();
        assertThat(architecture.outputShape()).isEqualTo(Shape.of(4, 4, 3));
        ParameterStore store = store(
                architecture,
                Map.of("conv.weights", cycle(36, 5, 13, 5, 1.2f), "conv.bias", new float[] {0.1f, -0.2f, 0.3f}),
                lanes());
        Network network = forward(architecture, store, 1, cycle(12, 7, 11, 4, 1));
        assertClose(
                network.output().values(),
                48,
                -1.2,
                0.6000000000000001,
                1.25,
                -3.3,
                -0.3000000000000001,
                1.55,
                0,
                -2.35,
                1.3000000000000005,
                0.8999999999999999,
                0.6000000000000001,
                -0.20000000000000012,
                -0.5499999999999999,
                1.6500000000000001,
                -0.55,
                1.9000000000000004,
                -1.9999999999999998,
                2.0500000000000003,
                2.4499999999999997,
                1.8499999999999999,
                -1.2,
                -1,
                -0.7,
                0.39999999999999997,
                0.30000000000000027,
                -0.24999999999999994,
                -0.6499999999999999,
                0,
                1.2500000000000002,
                1.35,
                0,
                -2.45,
                1.1000000000000003,
                0.4999999999999999,
                0.8,
                -0.7000000000000002,
                -0.5499999999999999,
                -1.75,
                1.1,
                1.5,
                0.15000000000000008,
                -2.35,
                0.7499999999999999,
                0.9000000000000001,
                1.8499999999999999,
                -1.0999999999999999,
                -0.8,
                0.3);
        IntFunction<float[]> gradients = backward(network, store, 1, cycle(48, 3, 7, 2, 1));
        assertClose(
                gradients.apply(0),
                36,
                -1,
                -1.125,
                -0.25,
                2.75,
                -1.25,
                -1.25,
                -0.5,
                2.625,
                2.875,
                -0.5,
                -0.75,
                -1,
                0.75,
                -2.25,
                1.25,
                2.5,
                -2.625,
                -0.625,
                0.5,
                3.25,
                -2.5,
                -1.625,
                0.625,
                2.25,
                0.625,
                2.25,
                1.125,
                3.5,
                0.75,
                -2.25,
                1.25,
                2.5,
                -2.625,
                -0.625,
                0.5,
                3.25);
        assertClose(gradients.apply(1), 3, 6, 9, 8.5);
    }

    @Test
    void gru() {
        Architecture architecture =
                Architecture.input(3, 2).add("gru", Gru.of(2)).build();
        ParameterStore store = store(
                architecture,
                Map.of(
                        "gru.weights",
                        cycle(12, 5, 13, 6, 1),
                        "gru.bias",
                        new float[] {0.1f, -0.1f, 0.2f, -0.2f, 0.3f, -0.3f},
                        "gru.recurrentWeights",
                        cycle(12, 3, 11, 6, 0.8f),
                        "gru.recurrentBias",
                        new float[] {-0.1f, 0.2f, 0.05f, 0.15f, -0.25f, 0.35f}),
                lanes());
        Network network = forward(architecture, store, 1, cycle(6, 7, 11, 4, 1));
        assertClose(
                network.output().values(),
                6,
                0.39090623136995656,
                -0.313677242666606,
                0.7267470770057456,
                -0.48821828046782156,
                0.5252948404360482,
                0.009463561284847266);
        IntFunction<float[]> gradients = backward(network, store, 1, 1, -0.5f, 0.25f, 2, -1, 0.75f);
        assertClose(
                gradients.apply(0),
                12,
                0.039260257787597445,
                -0.0020508360152111,
                -0.0014987289992133002,
                -0.3092594154678654,
                -0.5609449821716823,
                -0.04002804830224546,
                -0.006479548385561397,
                0.07196331463421114,
                0.11202879426339622,
                0.5860937376992118,
                0.2607066206256555,
                0.5775227520429553);
        assertClose(
                gradients.apply(1),
                6,
                0.027580622361224043,
                0.0930429873427023,
                -0.18771473769462554,
                0.2023688818751759,
                0.17507629452911327,
                0.7324914994795819);
        assertClose(
                gradients.apply(2),
                12,
                0.03295566903101548,
                0.04564753210738335,
                -0.0897685546911354,
                -0.04487521391665732,
                -0.05256451375615653,
                0.15887236279922534,
                -0.023199057246563282,
                -0.03356282785028318,
                0.056771529373668826,
                0.01732311365314762,
                0.03771571249422147,
                -0.12073410083316985);
        assertClose(
                gradients.apply(3),
                6,
                0.027580622361224046,
                0.09304298734270229,
                -0.18771473769462554,
                0.2023688818751759,
                0.24700475110981093,
                0.3786008385471772);
    }
}
