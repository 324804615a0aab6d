package dev.lossforge.samples.s13_spark;

import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.mnist.MnistCnn;
import java.util.Locale;

/** One of the trainings of {@link DigitTimes} that do not communicate. */
final class AloneTimes implements Callback {
    private static final int STEPS = 200;
    private static final int TIMES = 6;
    private static final int BATCHES = 100;

    private int steps;
    private long start = System.nanoTime();

    private AloneTimes() {}

    /** Takes the batch size; prints how long steps took. */
    public static void main(String[] given) {
        int batch = Integer.parseInt(given[0]);
        try (Sequential model = MnistCnn.build(1)) {
            model.compile(DigitsOnSpark.compile().withBackend("cpu").withThreads(1));
            model.fit(
                    GeneratedDigits.seeded(1).train(BATCHES * batch).toDataset(),
                    FitOptions.epochs(TIMES * STEPS / BATCHES)
                            .withBatchSize(batch)
                            .withCallback(new AloneTimes()));
        }
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        steps++;
        if (steps % STEPS == 0) {
            long now = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "process %d: %.2f ms a step%n",
                    ProcessHandle.current().pid(),
                    (now - start) * 1e-6 / STEPS);
            start = now;
        }
    }
}
