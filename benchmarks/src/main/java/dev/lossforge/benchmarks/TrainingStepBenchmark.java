package dev.lossforge.benchmarks;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import java.util.List;
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

    @Param({"32", "128"})
    int batchSize;

    @Param("2")
    int threads;

    private CompiledModel model;
    private List<Batch> batches;
    private int next;

    @Setup
    public void compile() {
        CompileSpec spec = CompileOptions.of(Adam.of(), new SoftmaxCrossEntropyLoss())
                .withThreads(threads)
                .spec(0);
        model = Backends.select("cpu").compile(DigitSteps.network(), spec);
        batches = DigitSteps.batches(BATCHES, batchSize);
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
