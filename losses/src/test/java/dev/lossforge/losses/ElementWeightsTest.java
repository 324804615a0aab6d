package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loss without weights has the bits of one with weights of 1, though other code computes it. */
class ElementWeightsTest {
    /** Fewer than a vector, whole vectors, a rest, and rests behind a tile of 512. */
    private static final int[] SIZES = {256, 257, 271, 511, 512, 513, 529, 575, 576, 1000, 1025, 5000};

    static Stream<LossFunction> losses() {
        return Stream.of(
                new HuberLoss(0.5f),
                new MeanSquaredErrorLoss(),
                new BinaryCrossEntropyWithLogitsLoss(),
                new BinaryFocalLoss(),
                new LogCoshLoss(),
                new TukeyLoss(3),
                new GaussianNegativeLogLikelihoodWithLogVarianceLoss(),
                new GeneralRobustLoss());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void weightsOfOneChangeNoBit(LossFunction loss) {
        for (int size : SIZES) {
            SplittableRandom random = new SplittableRandom(size);
            Tensor[] data = loss.signature().dataInputs().stream()
                    .map(input -> random(size, random))
                    .toArray(Tensor[]::new);
            float[] ones = new float[size];
            Arrays.fill(ones, 1);
            LossInputs equal = LossInputs.of(data);
            LossInputs weighted = equal.withWeights(Tensor.over(ones, size));
            assertThat(gradients(loss, equal))
                    .as("%s of %s", loss.signature(), size)
                    .isEqualTo(gradients(loss, weighted));
        }
    }

    /** The sum of the losses, and the gradients of all predictions: what a training step asks for, no Hessians. */
    private static List<Object> gradients(LossFunction loss, LossInputs inputs) {
        BoundLoss bound = BoundLoss.of(loss, inputs);
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < loss.signature().inputs().size(); i++) {
            if (loss.signature().inputs().get(i).role() == LossSignature.Input.Role.PREDICTION) {
                float[] gradient = new float[bound.frame().floats(i).length];
                bound.frame().gradient(i, gradient);
                results.add(Tensor.over(gradient, gradient.length));
            }
        }
        results.add(bound.run());
        return results;
    }

    private static Tensor random(int size, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat();
        }
        return Tensor.over(values, size);
    }
}
