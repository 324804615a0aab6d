package dev.lossforge.benchmarks;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.MeanSquaredErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Mean value and gradient of losses of the catalogue over a whole batch, on all processors, into an array that is used
 * again. The same in PyTorch is {@code benchmarks/pytorch/losses.py}. To measure without the Vector API, add
 * {@code -jvmArgs -Xmx4g}, which replaces the arguments of the fork; {@code compare.py --plain} does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx4g", "--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class LossKernelBenchmark {
    private static final int ELEMENTS = 1 << 24;

    /** A loss and the size of its batch. */
    public enum Case {
        MEAN_SQUARED_ERROR(ELEMENTS, 1),
        HUBER(ELEMENTS, 1),
        BINARY_CROSS_ENTROPY_WITH_LOGITS(ELEMENTS, 1),
        SOFTMAX_CROSS_ENTROPY_1000(4096, 1000),
        /** As after training: in each row one logit outweighs all others together. */
        SOFTMAX_CROSS_ENTROPY_CONFIDENT(4096, 1000),
        SOFTMAX_CROSS_ENTROPY_10(65_536, 10);

        private final int samples;
        private final int length;

        Case(int samples, int length) {
            this.samples = samples;
            this.length = length;
        }

        private LossFunction loss() {
            return switch (this) {
                case MEAN_SQUARED_ERROR -> new MeanSquaredErrorLoss();
                case HUBER -> new HuberLoss();
                case BINARY_CROSS_ENTROPY_WITH_LOGITS -> new BinaryCrossEntropyWithLogitsLoss();
                case SOFTMAX_CROSS_ENTROPY_1000, SOFTMAX_CROSS_ENTROPY_CONFIDENT, SOFTMAX_CROSS_ENTROPY_10 ->
                    new SoftmaxCrossEntropyLoss();
            };
        }

        private Data target(SplittableRandom random) {
            return switch (this) {
                case MEAN_SQUARED_ERROR, HUBER -> normal(random, samples);
                case BINARY_CROSS_ENTROPY_WITH_LOGITS -> {
                    Tensor target = Tensor.zeros(samples);
                    for (int i = 0; i < samples; i++) {
                        target.array()[i] = random.nextInt(2);
                    }
                    yield target;
                }
                case SOFTMAX_CROSS_ENTROPY_1000, SOFTMAX_CROSS_ENTROPY_CONFIDENT, SOFTMAX_CROSS_ENTROPY_10 ->
                    IntTensor.over(random.ints(samples, 0, length).toArray(), samples);
            };
        }

        private Tensor prediction(SplittableRandom random) {
            Tensor prediction = length == 1 ? normal(random, samples) : normal(random, samples, length);
            for (int row = 0; this == SOFTMAX_CROSS_ENTROPY_CONFIDENT && row < samples; row++) {
                prediction.array()[row * length + random.nextInt(length)] = 20;
            }
            return prediction;
        }

        private static Tensor normal(SplittableRandom random, int... shape) {
            Tensor tensor = Tensor.zeros(shape);
            for (int i = 0; i < tensor.size(); i++) {
                tensor.array()[i] = (float) random.nextGaussian();
            }
            return tensor;
        }
    }

    @Param
    Case loss = Case.HUBER;

    private BoundLoss bound;

    @Setup
    public void bind() {
        SplittableRandom random = new SplittableRandom(1);
        Tensor prediction = loss.prediction(random);
        bound = BoundLoss.of(loss.loss(), LossInputs.of(prediction, loss.target(random)));
        bound.frame().gradient(0, new float[prediction.size()]).scale((float) (1 / bound.divisor(Reduction.MEAN)));
    }

    @Benchmark
    public double valueAndGradient() {
        return bound.run() / bound.divisor(Reduction.MEAN);
    }
}
