package dev.lossforge.benchmarks;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of the MNIST network on the CPU: forward, softmax cross-entropy, backward, Adam. The same in
 * PyTorch is {@code benchmarks/pytorch/train_step.py}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class TrainingStepBenchmark {
    private static final int BATCHES = 64;
    private static final int PIXELS = 28 * 28;

    @Param({"32", "128"})
    int batchSize;

    @Param("2")
    int threads;

    private CompiledModel model;
    private List<Batch> batches;
    private int next;

    @Setup
    public void compile() {
        CompileSpec spec =
                CompileSpec.of(new SoftmaxCrossEntropyLoss(), Adam.of()).withThreads(threads);
        model = Backends.select("cpu").compile(network(), spec);
        batches = batches();
    }

    private static Architecture network() {
        return Architecture.input(28, 28, 1)
                .add(Conv2D.of(32, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(Flatten.of())
                .add(Dense.of(64, Activation.RELU))
                .add(Dense.of(10))
                .build();
    }

    /** Ten random prototypes under random noise: something to learn, so that the gradients stay those of training. */
    private List<Batch> batches() {
        SplittableRandom random = new SplittableRandom(1);
        float[] prototypes = new float[10 * PIXELS];
        for (int i = 0; i < prototypes.length; i++) {
            prototypes[i] = (float) random.nextDouble();
        }
        List<Batch> made = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            int[] labels = random.ints(batchSize, 0, 10).toArray();
            float[] pixels = new float[batchSize * PIXELS];
            for (int p = 0; p < pixels.length; p++) {
                float prototype = prototypes[labels[p / PIXELS] * PIXELS + p % PIXELS];
                pixels[p] = 0.5f * prototype + 0.5f * (float) random.nextDouble();
            }
            made.add(Batch.of(Tensor.over(pixels, batchSize, 28, 28, 1), IntTensor.vector(labels)));
        }
        return made;
    }

    @Benchmark
    public StepResult step() {
        next = (next + 1) % BATCHES;
        return model.trainStep(batches.get(next));
    }

    @TearDown
    public void close() {
        model.close();
    }
}
