package dev.lossforge.samples.s03_svm;

import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Regularizer;
import dev.lossforge.dsl.Target;
import dev.lossforge.dsl.Weight;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.util.Locale;
import java.util.Random;

/** The line between two clouds of points that is as far as possible from both: hinge loss and a squared penalty. */
public final class LinearSvm implements Lesson {
    private static final int POINTS = 400;

    /** The hinge loss: 0 for points on the correct side of the margin. */
    @Loss
    static float margin(@Prediction float score, @Target(min = -1, max = 1) float side) {
        return max(0f, 1f - side * score);
    }

    /** Small weights mean a wide margin: its width is 2 / |w|. */
    @Regularizer
    static float halfSquaredWeight(@Weight float w) {
        return 0.5f * square(w);
    }

    /**
     * @param accuracy the share of points on their side
     * @param supportVectors the number of points at the margin or within, the only ones on which the line depends
     * @param width the width of the margin
     */
    record Outcome(double accuracy, int supportVectors, double width) {}

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String name() {
        return "linear-svm";
    }

    @Override
    public String summary() {
        return "a support vector machine: hinge loss and a custom regularizer";
    }

    @Override
    public void run(SampleContext context) {
        Outcome outcome = train();
        context.out()
                .printf(
                        Locale.ROOT,
                        "%.1f of 100 points on their side; a margin of %.2f, which %d of %d points support%n",
                        100 * outcome.accuracy(),
                        outcome.width(),
                        outcome.supportVectors(),
                        POINTS);
    }

    static Outcome train() {
        Dataset points = points(new Random(1));
        try (Sequential model =
                Sequential.builder().input(2).add(Dense.of(1)).seed(1).build()) {
            model.compile(CompileOptions.of(Adam.of(0.01), new MarginLoss())
                    .withPenalty(0.01, new HalfSquaredWeightRegularizer()));
            model.fit(points, FitOptions.epochs(150));
            float[] scores = model.predict(points.inputs()).array();
            float[] sides = ((Tensor) points.targets()).array();
            int right = 0;
            int supporting = 0;
            for (int i = 0; i < POINTS; i++) {
                right += sides[i] * scores[i] > 0 ? 1 : 0;
                supporting += sides[i] * scores[i] <= 1.01 ? 1 : 0;
            }
            float[] weights = model.parameters().firstEntry().getValue().array();
            return new Outcome(right / (double) POINTS, supporting, 2 / Math.hypot(weights[0], weights[1]));
        }
    }

    /** Two clouds around (−1, −1) and (1, 1). */
    private static Dataset points(Random random) {
        Tensor points = Tensor.zeros(POINTS, 2);
        Tensor sides = Tensor.zeros(POINTS, 1);
        for (int i = 0; i < POINTS; i++) {
            float side = i % 2 == 0 ? 1 : -1;
            sides.array()[i] = side;
            points.array()[2 * i] = side + 0.4f * (float) random.nextGaussian();
            points.array()[2 * i + 1] = side + 0.4f * (float) random.nextGaussian();
        }
        return Dataset.of(points, sides);
    }
}
