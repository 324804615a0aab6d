package dev.lossforge.runtime.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Layer.Initializer;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.Layer.ParameterSpec;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayerShapeTest {
    private static final Shape IMAGE = Shape.of(28, 28, 3);

    @ParameterizedTest
    @CsvSource({
        // input, kernel, stride, padding, output, zeros before
        "28, 3, 1, VALID, 26, 0",
        "28, 3, 2, VALID, 13, 0",
        "28, 28, 1, VALID, 1, 0",
        "28, 3, 1, SAME, 28, 1",
        "28, 3, 2, SAME, 14, 0",
        "28, 2, 1, SAME, 28, 0",
        "29, 5, 2, SAME, 15, 2",
        "3, 7, 1, SAME, 3, 3",
        "7, 1, 3, SAME, 3, 0",
    })
    void convolutionWindow(int input, int kernel, int stride, Padding padding, int output, int padBefore) {
        Conv2D conv = Conv2D.of(8, kernel).withStride(stride).withPadding(padding);
        Shape shape = Shape.of(input, input, 3);
        assertThat(conv.outputShape(shape)).isEqualTo(Shape.of(output, output, 8));
        assertThat(conv.window(shape).padTop()).isEqualTo(padBefore);
        assertThat(conv.window(shape).padLeft()).isEqualTo(padBefore);
    }

    @ParameterizedTest
    @EnumSource
    void everyWindowTouchesTheImageAndSamePaddingReachesItsEnd(Padding padding) {
        for (int input = 1; input <= 20; input++) {
            for (int kernel = 1; kernel <= (padding == Padding.SAME ? 6 : Math.min(6, input)); kernel++) {
                for (int stride = 1; stride <= 4; stride++) {
                    checkWindow(input, kernel, stride, padding);
                }
            }
        }
    }

    private static void checkWindow(int input, int kernel, int stride, Padding padding) {
        Window window =
                Conv2D.of(1, kernel).withStride(stride).withPadding(padding).window(Shape.of(input, input, 1));
        int lastStart = (window.outputHeight() - 1) * stride - window.padTop();
        assertThat(lastStart).isLessThan(input);
        assertThat(window.padTop()).isLessThan(kernel);
        if (padding == Padding.VALID) {
            assertThat(lastStart + kernel).isBetween(input - stride + 1, input);
        } else if (kernel >= stride) {
            assertThat(lastStart + kernel).isGreaterThanOrEqualTo(input);
        }
    }

    @Test
    void rowsAndColumnsAreIndependent() {
        Conv2D conv = Conv2D.of(4, 3).withKernel(5, 1).withStride(1, 2);
        assertThat(conv.outputShape(Shape.of(10, 20, 2))).isEqualTo(Shape.of(6, 10, 4));
        assertThat(conv.parameters(Shape.of(10, 20, 2)).getFirst().shape()).isEqualTo(Shape.of(5, 1, 2, 4));
    }

    @Test
    void poolingLeavesOutIncompleteWindows() {
        assertThat(MaxPool2D.of(2).outputShape(Shape.of(11, 12, 64))).isEqualTo(Shape.of(5, 6, 64));
        assertThat(MaxPool2D.of(3).withStride(2).outputShape(Shape.of(11, 11, 1)))
                .isEqualTo(Shape.of(5, 5, 1));
    }

    @Test
    void otherLayers() {
        assertThat(Flatten.of().outputShape(IMAGE)).isEqualTo(Shape.of(2352));
        assertThat(Dense.of(10).outputShape(Shape.of(64))).isEqualTo(Shape.of(10));
        assertThat(ReLU.of().outputShape(IMAGE)).isEqualTo(IMAGE);
        assertThat(Softmax.of().outputShape(Shape.of(10))).isEqualTo(Shape.of(10));
        assertThat(Dropout.of(0.5).outputShape(IMAGE)).isEqualTo(IMAGE);
    }

    @Test
    void weightsAreGlorotAndBiasesZero() {
        assertThat(Dense.of(10).parameters(Shape.of(64)))
                .containsExactly(
                        new ParameterSpec(ParameterSpec.Role.WEIGHTS, Shape.of(64, 10), Initializer.GLOROT_UNIFORM),
                        new ParameterSpec(ParameterSpec.Role.BIAS, Shape.of(10), Initializer.ZEROS));
        assertThat(Conv2D.of(32, 3).withInitializer(Initializer.HE_NORMAL).parameters(IMAGE))
                .containsExactly(
                        new ParameterSpec(ParameterSpec.Role.WEIGHTS, Shape.of(3, 3, 3, 32), Initializer.HE_NORMAL),
                        new ParameterSpec(ParameterSpec.Role.BIAS, Shape.of(32), Initializer.ZEROS));
        assertThat(Dense.of(10).withoutBias().parameters(Shape.of(64))).hasSize(1);
        assertThat(Conv2D.of(32, 3).withoutBias().parameters(IMAGE)).hasSize(1);
        assertThat(MaxPool2D.of(2).parameters(IMAGE)).isEmpty();
    }

    @Test
    void refusesInputsThatDoNotFit() {
        assertThatThrownBy(() -> Dense.of(10).parameters(IMAGE))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[28, 28, 3]")
                .hasMessageContaining("Flatten");
        assertThatThrownBy(() -> Conv2D.of(8, 3).outputShape(Shape.of(784))).hasMessageContaining("[784]");
        assertThatThrownBy(() -> Conv2D.of(8, 5).outputShape(Shape.of(4, 9, 1)))
                .hasMessageContaining("5x5")
                .hasMessageContaining("[4, 9, 1]");
        assertThatThrownBy(() -> MaxPool2D.of(2).outputShape(Shape.of(9, 1, 1))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Softmax.of().outputShape(Shape.scalar())).isInstanceOf(ShapeException.class);
    }

    @Test
    void refusesHyperparametersOutOfRange() {
        assertThatThrownBy(() -> Conv2D.of(0, 3)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> Conv2D.of(8, 3).withKernel(3, 0)).hasMessageContaining("kernel width");
        assertThatThrownBy(() -> Conv2D.of(8, 3).withStride(0)).hasMessageContaining("stride");
        assertThatThrownBy(() -> Dense.of(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> MaxPool2D.of(0)).isInstanceOf(ConfigurationException.class);
        for (double rate : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> Dropout.of(rate)).hasMessageContaining(String.valueOf(rate));
        }
    }

    /** The sizes that PyTorch's formula gives, and back to the input by a convolution of the same kernel. */
    @ParameterizedTest
    @CsvSource({"1,4,1,0,0,4", "7,4,2,1,0,14", "14,3,2,1,1,28", "5,1,3,0,2,15", "4,5,1,2,0,4"})
    void transposedConvolution(int input, int kernel, int stride, int padding, int outputPadding, int output) {
        ConvTranspose2D layer = ConvTranspose2D.of(6, kernel)
                .withStride(stride)
                .withPadding(padding)
                .withOutputPadding(outputPadding);
        Shape image = Shape.of(input, input, 2);
        assertThat(layer.outputShape(image)).isEqualTo(Shape.of(output, output, 6));
        assertThat((output + 2 * padding - kernel) / stride + 1).isEqualTo(input);
        assertThat(layer.parameters(image).getFirst().shape()).isEqualTo(Shape.of(kernel, kernel, 6, 2));
        assertThat(layer.parameters(image).getLast().shape()).isEqualTo(Shape.of(6));
        assertThat(layer.withoutBias().parameters(image)).hasSize(1);
    }

    @Test
    void recurrentAndNormalizedShapes() {
        assertThat(Gru.of(5).outputShape(Shape.of(7, 3))).isEqualTo(Shape.of(7, 5));
        assertThat(Gru.of(5).withLastStateOnly().outputShape(Shape.of(7, 3))).isEqualTo(Shape.of(5));
        assertThat(Gru.of(5).parameters(Shape.of(7, 3)))
                .extracting(ParameterSpec::shape)
                .containsExactly(Shape.of(3, 15), Shape.of(15), Shape.of(5, 15), Shape.of(15));
        assertThat(BatchNorm.of().parameters(Shape.of(4, 4, 3)))
                .extracting(spec -> spec.role().isTrained())
                .containsExactly(true, true, false, false);
    }

    @Test
    void transposedRecurrentAndNormalizedRefuseWhatDoesNotFit() {
        assertThatThrownBy(() -> Gru.of(5).outputShape(Shape.of(7)))
                .hasMessage("Gru takes sequences [time, features], but its input has the shape [7].");
        assertThatThrownBy(() -> ConvTranspose2D.of(5, 3).outputShape(Shape.of(7)))
                .hasMessage("ConvTranspose2D takes images [height, width, channels], but its input has the shape [7].");
        assertThatThrownBy(() -> ConvTranspose2D.of(5, 3).withPadding(2).outputShape(Shape.of(2, 9, 1)))
                .hasMessage("ConvTranspose2D would output an image of 0x7 pixels for an input of shape [2, 9, 1]; use"
                        + " less padding.");
        assertThatThrownBy(() -> BatchNorm.of().outputShape(Shape.scalar())).hasMessageContaining("single value");
        assertThatThrownBy(() -> ConvTranspose2D.of(5, 3).withStride(2).withOutputPadding(2))
                .hasMessage("ConvTranspose2D needs an output padding of at least 0 and less than its stride of 2, but 2"
                        + " is given.");
        assertThatThrownBy(() -> ConvTranspose2D.of(5, 3).withPadding(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> BatchNorm.of().withMomentum(0)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> BatchNorm.of().withEpsilon(Double.NaN)).hasMessageContaining("BatchNorm");
        assertThatThrownBy(() -> Gru.of(0)).hasMessageContaining("Gru");
    }
}
