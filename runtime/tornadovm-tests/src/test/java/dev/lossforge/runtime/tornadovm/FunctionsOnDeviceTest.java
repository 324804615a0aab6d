package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceBessel;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceGamma;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceNormal;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The functions of {@link DeviceFunctionsTest}, compiled for the first device, at the same kinds of numbers. */
class FunctionsOnDeviceTest {
    private static final int NUMBERS = 4096;
    private static final int GROUP = 128;

    /** Stores a function of two numbers, or of the first alone. */
    @FunctionalInterface
    private interface Kernel extends Task4<KernelContext, FloatArray, FloatArray, FloatArray> {}

    private static Map<String, Kernel> kernels() {
        Map<String, Kernel> kernels = new LinkedHashMap<>();
        kernels.put("sqrt", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.sqrt(x.get(c.globalIdx))));
        kernels.put("exp", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.exp(x.get(c.globalIdx))));
        kernels.put("log", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.log(x.get(c.globalIdx))));
        kernels.put("sin", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.sin(x.get(c.globalIdx))));
        kernels.put("cos", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.cos(x.get(c.globalIdx))));
        kernels.put("tan", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.tan(x.get(c.globalIdx))));
        kernels.put("asin", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.asin(x.get(c.globalIdx))));
        kernels.put("acos", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.acos(x.get(c.globalIdx))));
        kernels.put("atan", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.atan(x.get(c.globalIdx))));
        kernels.put("expm1", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.expm1(x.get(c.globalIdx))));
        kernels.put("log1p", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.log1p(x.get(c.globalIdx))));
        kernels.put("expm1Rest", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.expm1Rest(x.get(c.globalIdx))));
        kernels.put("log1pRest", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.log1pRest(x.get(c.globalIdx))));
        kernels.put("logRest", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.logRest(x.get(c.globalIdx))));
        kernels.put("log1mExp", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.log1mExp(x.get(c.globalIdx))));
        kernels.put("sinh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.sinh(x.get(c.globalIdx))));
        kernels.put("cosh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.cosh(x.get(c.globalIdx))));
        kernels.put("tanh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.tanh(x.get(c.globalIdx))));
        kernels.put("asinh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.asinh(x.get(c.globalIdx))));
        kernels.put("acosh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.acosh(x.get(c.globalIdx))));
        kernels.put("atanh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.atanh(x.get(c.globalIdx))));
        kernels.put("logCosh", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.logCosh(x.get(c.globalIdx))));
        kernels.put("sigmoid", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.sigmoid(x.get(c.globalIdx))));
        kernels.put("softplus", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.softplus(x.get(c.globalIdx))));
        kernels.put("logSigmoid", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.logSigmoid(x.get(c.globalIdx))));
        kernels.put("erf", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.erf(x.get(c.globalIdx))));
        kernels.put("floor", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.floor(x.get(c.globalIdx))));
        kernels.put("ceil", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.ceil(x.get(c.globalIdx))));
        kernels.put("round", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.round(x.get(c.globalIdx))));
        kernels.put("erfc", (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.erfc(x.get(c.globalIdx))));
        kernels.put("normalCdf", (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.normalCdf(x.get(c.globalIdx))));
        kernels.put(
                "logNormalCdf", (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.logNormalCdf(x.get(c.globalIdx))));
        kernels.put(
                "normalQuantile",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.normalQuantile(x.get(c.globalIdx))));
        kernels.put(
                "inverseMills", (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.inverseMills(x.get(c.globalIdx))));
        kernels.put("millsSlope", (c, x, y, out) -> out.set(c.globalIdx, DeviceNormal.millsSlope(x.get(c.globalIdx))));
        kernels.put("lgamma", (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.lgamma(x.get(c.globalIdx))));
        kernels.put("digamma", (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.digamma(x.get(c.globalIdx))));
        kernels.put("trigamma", (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.trigamma(x.get(c.globalIdx))));
        kernels.put("tetragamma", (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.tetragamma(x.get(c.globalIdx))));
        kernels.put("pentagamma", (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.pentagamma(x.get(c.globalIdx))));
        kernels.put(
                "logBesselI0", (c, x, y, out) -> out.set(c.globalIdx, DeviceBessel.logBesselI0(x.get(c.globalIdx))));
        kernels.put("besselI1I0", (c, x, y, out) -> out.set(c.globalIdx, DeviceBessel.besselI1I0(x.get(c.globalIdx))));
        kernels.put(
                "besselSlope", (c, x, y, out) -> out.set(c.globalIdx, DeviceBessel.besselSlope(x.get(c.globalIdx))));
        kernels.put(
                "besselCurvature",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceBessel.besselCurvature(x.get(c.globalIdx))));
        kernels.put(
                "pow", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.pow(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "atan2",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.atan2(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "hypot",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.hypot(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "xlogy",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.xlogy(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "xlog1py",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.xlog1py(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "xdivy",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.xdivy(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "logQuotient",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.logQuotient(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "relativeEntropy",
                (c, x, y, out) ->
                        out.set(c.globalIdx, DeviceMath.relativeEntropy(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "remainder",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.remainder(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "max", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.max(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "min", (c, x, y, out) -> out.set(c.globalIdx, DeviceMath.min(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "lbeta",
                (c, x, y, out) -> out.set(c.globalIdx, DeviceGamma.lbeta(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "lgammaDifference",
                (c, x, y, out) ->
                        out.set(c.globalIdx, DeviceGamma.lgammaDifference(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "digammaDifference",
                (c, x, y, out) ->
                        out.set(c.globalIdx, DeviceGamma.digammaDifference(x.get(c.globalIdx), y.get(c.globalIdx))));
        kernels.put(
                "trigammaDifference",
                (c, x, y, out) ->
                        out.set(c.globalIdx, DeviceGamma.trigammaDifference(x.get(c.globalIdx), y.get(c.globalIdx))));
        return kernels;
    }

    static Set<String> names() {
        return kernels().keySet();
    }

    @Test
    void everyFunctionIsHere() {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(DeviceFunctionsTest.names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFunctionIsThatOfTheJvm(String name) throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        FloatArray x = new FloatArray(NUMBERS);
        FloatArray y = new FloatArray(NUMBERS);
        for (int i = 0; i < NUMBERS; i++) {
            x.set(i, DeviceFunctionsTest.number(random));
            y.set(i, DeviceFunctionsTest.partner(x.get(i), random));
        }
        FloatArray found = run(name, x, y);
        for (int i = 0; i < NUMBERS; i++) {
            float expected = DeviceFunctionsTest.onJvm(name, x.get(i), y.get(i));
            assertThat(DeviceFunctionsTest.isClose(name, x.get(i), y.get(i), found.get(i)))
                    .as("%s of %s and %s: %s instead of %s", name, x.get(i), y.get(i), found.get(i), expected)
                    .isTrue();
        }
    }

    private static FloatArray run(String name, FloatArray x, FloatArray y) throws Exception {
        Device device = Devices.first();
        Tasks tasks = new Tasks("functions", device.largestGroup());
        tasks.constant(x, y);
        FloatArray out = new FloatArray(NUMBERS);
        int local = tasks.groupSize(GROUP);
        Kernel kernel = kernels().get(name);
        tasks.inGroups(name, NUMBERS / local, local, (graph, task, c) -> graph.task(task, kernel, c, x, y, out));
        GridScheduler grids = new GridScheduler();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.graph(grids)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                .snapshot())) {
            plan.withDevice(device.handle()).withGridScheduler(grids).execute();
        }
        return out;
    }
}
