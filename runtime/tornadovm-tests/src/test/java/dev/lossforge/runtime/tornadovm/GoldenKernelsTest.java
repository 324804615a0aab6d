package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.losses.RootMeanSquaredErrorLoss;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The very texts of the device kernels that the processor's tests have as goldens: TornadoVM compiles them, and they
 * compute what the same losses do on the JVM.
 */
class GoldenKernelsTest {
    private static final Path FOLDER =
            Path.of("..", "..", "processor", "src", "test", "resources", "golden", "tornadovm");
    private static final double TOLERANCE = 2e-6;

    /** For each golden a loss of the same formula. */
    private static final Map<String, LossFunction> LOSSES = Map.of(
            "HuberLossDeviceKernels", new HuberLoss(1f),
            "ScaledSquaredErrorLossDeviceKernels", new ScaledLoss(0.5f),
            "SoftmaxCrossEntropyLossDeviceKernels", new SoftmaxCrossEntropyLoss(),
            "RecurrenceLossDeviceKernels", new RecurrenceLoss(),
            "RootMeanSquaredErrorLossDeviceKernels", new RootMeanSquaredErrorLoss());

    static Stream<String> goldens() {
        return LOSSES.keySet().stream().sorted();
    }

    @Test
    void everyGoldenIsHere() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            goldens().map(name -> name + ".java").toList());
        }
    }

    /** Rows for one work-item each, and rows that the items of a group share. */
    @ParameterizedTest
    @MethodSource("goldens")
    void aGoldenRunsOnTheDevice(String name) throws Exception {
        DeviceKernels kernels = compiled(name);
        SplittableRandom random = new SplittableRandom(1);
        for (int columns : new int[] {7, 200}) {
            try (LossComparison comparison = new LossComparison(new LossCase(LOSSES.get(name), TOLERANCE), kernels)) {
                comparison.compare(LossComparison.random(LOSSES.get(name), 300, columns, -4, 4, random));
            }
        }
    }

    /** Beside the classes of this test, since TornadoVM takes kernels of the class path alone. */
    private static DeviceKernels compiled(String name) throws Exception {
        String text = Files.readString(FOLDER.resolve(name + ".java"));
        Compilation compilation = Compiler.javac()
                .withOptions("-g", "-proc:none")
                .compile(JavaFileObjects.forSourceString("sample." + name, text));
        assertThat(compilation.errors()).isEmpty();
        new CompiledClasses(compilation)
                .writeTo(Path.of(GoldenKernelsTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()));
        return Class.forName("sample." + name)
                .asSubclass(DeviceKernels.class)
                .getDeclaredConstructor()
                .newInstance();
    }
}
