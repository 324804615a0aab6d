package dev.lossforge.runtime.tornadovm.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tensor.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel of matrix products at random sizes, one plan for all of them: outputs, pooled outputs, gradients of inputs
 * and of parameters of convolutions, against the same sums in double precision. Images have up to 29 by 31 pixels, odd
 * numbers of channels and filters, strides and paddings.
 */
class ProductTest {
    private static final int SHAPES = 40;
    /** The unit roundoff of float32. */
    private static final double U = 0x1p-24;

    private static final int[] CHANNELS = {1, 3, 31, 33, 64};
    private static final int[] FILTERS = {1, 3, 10, 31, 33, 65};
    private static final int[] SAMPLES = {1, 2, 127, 129};
    private static final long MAX_PRODUCTS = 20_000_000;

    static Stream<Arguments> cases() {
        return Stream.of(ProductPlan.Kind.values())
                .flatMap(kind -> Stream.of(new ProductTile(16, 32), new ProductTile(64, 64))
                        .map(tile -> Arguments.of(kind, tile)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheSumOfItsProductsAtEverySize(ProductPlan.Kind kind, ProductTile tile) {
        SplittableRandom random = new SplittableRandom(kind.name().hashCode() + tile.rows());
        try (ProductPlan plan = new ProductPlan(kind, tile)) {
            for (int i = 0; i < SHAPES; i++) {
                int samples = any(SAMPLES, random);
                AffineShape layer = layer(kind, samples, random);
                Convolution expected = new Convolution(layer, samples, random);
                compare(kind, layer, samples, plan.run(expected, random.nextInt(1, 4)), expected);
            }
        }
    }

    /** A sum of n float32 products is good to {@code n·u·Σ|product|}, in whatever order it is taken. */
    private static void compare(
            ProductPlan.Kind kind, AffineShape layer, int samples, float[] actual, Convolution convolution) {
        Convolution.Sums expected = switch (kind) {
            case FORWARD -> convolution.outputs();
            case POOLED -> convolution.pooled();
            case INPUT_GRADIENT -> convolution.inputGradients();
            case PARAMETER_GRADIENT -> convolution.parameterGradients();
        };
        for (int at = 0; at < expected.values.length; at++) {
            double bound = (expected.terms + 2) * U * expected.magnitudes[at];
            assertThat(Math.abs(actual[at] - expected.values[at]))
                    .as("%s %d of %s with %d samples: %s", kind, at, layer, samples, actual[at])
                    .isLessThanOrEqualTo(bound);
        }
        for (int at = expected.values.length; at < actual.length; at++) {
            assertThat(actual[at]).as("%s beyond the end, of %s", kind, layer).isEqualTo(ProductPlan.UNWRITTEN);
        }
    }

    private static AffineShape layer(ProductPlan.Kind kind, int samples, SplittableRandom random) {
        while (true) {
            boolean dense = random.nextInt(5) == 0;
            int height = dense ? 1 : random.nextInt(1, 30);
            int width = dense ? 1 : random.nextInt(1, 32);
            int channels = dense ? random.nextInt(1, 200) : any(CHANNELS, random);
            boolean same = random.nextBoolean();
            int kernelHeight = random.nextInt(1, same ? 6 : Math.min(5, height) + 1);
            int kernelWidth = random.nextInt(1, same ? 6 : Math.min(5, width) + 1);
            Window window = Window.of(
                    "a convolution",
                    Shape.of(height, width, channels),
                    kernelHeight,
                    kernelWidth,
                    random.nextInt(1, 4),
                    random.nextInt(1, 4),
                    same);
            AffineShape layer =
                    new AffineShape(window, any(FILTERS, random), random.nextBoolean(), random.nextBoolean(), 5);
            long outputs = (long) samples * window.outputHeight() * window.outputWidth() * layer.filters();
            long inputs = (long) samples * height * width * channels;
            boolean pools = window.outputHeight() > 1 && window.outputWidth() > 1;
            if (outputs * layer.rows() <= MAX_PRODUCTS
                    && Math.max(inputs, outputs) <= ProductPlan.CAPACITY
                    && (pools || kind != ProductPlan.Kind.POOLED)) {
                return layer;
            }
        }
    }

    private static int any(int[] numbers, SplittableRandom random) {
        return numbers[random.nextInt(numbers.length)];
    }
}
