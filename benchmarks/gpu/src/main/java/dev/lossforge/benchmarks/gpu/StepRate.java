package dev.lossforge.benchmarks.gpu;

import dev.lossforge.benchmarks.DigitSteps;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Times training steps of the MNIST network on TornadoVM's first device: batch to the device, forward, softmax
 * cross-entropy, backward, Adam, loss back. The same in PyTorch is {@code torch_steps.py}.
 *
 * <p>Arguments: the file of results, the seconds for each size, then the sizes of batches.
 */
public final class StepRate {
    private static final int BATCHES = 8;
    private static final int FEWEST_STEPS = 3;

    private StepRate() {}

    public static void main(String[] arguments) {
        Results results = new Results(Path.of(arguments[0]));
        double seconds = Double.parseDouble(arguments[1]);
        for (String size : List.of(arguments).subList(2, arguments.length)) {
            measure(Integer.parseInt(size), seconds, results);
        }
        System.exit(0);
    }

    private static void measure(int batchSize, double seconds, Results results) {
        List<Batch> batches = DigitSteps.batches(BATCHES, batchSize);
        CompileSpec spec =
                CompileOptions.of(Adam.of(), new SoftmaxCrossEntropyLoss()).spec(0);
        try (CompiledModel model = Backends.select("tornadovm").compile(DigitSteps.network(), spec)) {
            model.prepare(batchSize);
            long begin = System.nanoTime();
            double firstLoss = step(model, batches.getFirst());
            System.out.printf("first step of %d, with compilation: %.1f s%n", batchSize, secondsSince(begin));
            List<Double> milliseconds = new ArrayList<>();
            double lastLoss = firstLoss;
            begin = System.nanoTime();
            for (int i = 1; milliseconds.size() < FEWEST_STEPS || secondsSince(begin) < 1.1 * seconds; i++) {
                boolean warm = secondsSince(begin) > 0.1 * seconds;
                long start = System.nanoTime();
                lastLoss = step(model, batches.get(i % BATCHES));
                if (warm) {
                    milliseconds.add(1e3 * secondsSince(start));
                }
            }
            System.out.printf("loss %.4f, then %.4f after %d steps%n", firstLoss, lastLoss, model.step());
            Times times = Times.of(milliseconds.stream().mapToDouble(t -> t).toArray());
            results.add(Measurement.ofImages("training step, batch " + batchSize, "Lossforge", times, batchSize));
        }
    }

    private static double step(CompiledModel model, Batch batch) {
        StepResult result = model.trainStep(batch);
        if (!result.applied()) {
            throw new IllegalStateException("step " + model.step() + " gave numbers that are not finite");
        }
        return result.dataLoss();
    }

    private static double secondsSince(long nanoseconds) {
        return (System.nanoTime() - nanoseconds) / 1e9;
    }
}
