package dev.lossforge.samples.s05_multilabel;

import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Points of a square that may carry several labels at once, or none: right half, upper half, inside the circle. */
public final class MultiLabel implements Lesson {
    static final List<String> LABELS = List.of("right", "upper", "inside");
    private static final int COUNT = LABELS.size();

    /** Treats every label as a separate question: the sum of their logistic losses, over a row of logits. */
    @Loss
    static float labels(@Prediction float[] logits, @Target(min = 0, max = 1) float[] has) {
        return sum(logits.length, i -> softplus(logits[i]) - has[i] * logits[i]);
    }

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String name() {
        return "multi-label";
    }

    @Override
    public String summary() {
        return "several labels per sample: a loss over a row of outputs";
    }

    @Override
    public void run(SampleContext context) {
        double[] accuracies = accuracies();
        for (int i = 0; i < COUNT; i++) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "  %-8s right for %.1f of 100 new points%n",
                            LABELS.get(i),
                            100 * accuracies[i]);
        }
    }

    /** The accuracy of each label on points that were not used in training. */
    static double[] accuracies() {
        Dataset test = points(new Random(2), 1000);
        try (Sequential model = Sequential.builder()
                .input(2)
                .add(Dense.of(32, Activation.RELU))
                .add(Dense.of(COUNT))
                .seed(1)
                .build()) {
            model.compile(Adam.of(0.01), new LabelsLoss());
            model.fit(points(new Random(1), 2000), FitOptions.epochs(30));
            float[] logits = model.predict(test.inputs()).array();
            float[] has = ((Tensor) test.targets()).array();
            double[] right = new double[COUNT];
            for (int i = 0; i < logits.length; i++) {
                right[i % COUNT] += (logits[i] > 0) == (has[i] > 0) ? 1.0 / test.size() : 0;
            }
            return right;
        }
    }

    private static Dataset points(Random random, int count) {
        Tensor points = Tensor.zeros(count, 2);
        Tensor labels = Tensor.zeros(count, COUNT);
        for (int i = 0; i < count; i++) {
            float x = 2 * random.nextFloat() - 1;
            float y = 2 * random.nextFloat() - 1;
            points.array()[2 * i] = x;
            points.array()[2 * i + 1] = y;
            labels.array()[COUNT * i] = x > 0 ? 1 : 0;
            labels.array()[COUNT * i + 1] = y > 0 ? 1 : 0;
            labels.array()[COUNT * i + 2] = x * x + y * y < 0.5f ? 1 : 0;
        }
        return Dataset.of(points, labels);
    }
}
