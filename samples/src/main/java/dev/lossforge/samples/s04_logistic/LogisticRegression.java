package dev.lossforge.samples.s04_logistic;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** Recovers the weights from which yes-or-no answers were drawn. */
public final class LogisticRegression implements Lesson {
    private static final int SAMPLES = 20_000;

    /** The weights that the answers follow; the last is the bias. */
    static final float[] TRUTH = {1.5f, -1, 0.5f, -0.25f};

    /** The textbook formula; the generated class is accurate even where {@code exp} overflows. */
    @Loss
    static float logistic(@Prediction float logit, @Target(min = 0, max = 1) float answer) {
        return log(1 + exp(logit)) - answer * logit;
    }

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String name() {
        return "logistic-regression";
    }

    @Override
    public String summary() {
        return "logistic regression: a textbook formula, made stable by the build";
    }

    @Override
    public void run(SampleContext context) {
        context.out()
                .printf(
                        Locale.ROOT,
                        "true weights  %s%nfound         %s%n",
                        Arrays.toString(TRUTH),
                        Arrays.toString(found()));
    }

    /** The trained weights, and the bias last. */
    static float[] found() {
        try (Sequential model =
                Sequential.builder().input(3).add(Dense.of(1)).seed(1).build()) {
            model.compile(Adam.of(0.05), new LogisticLoss());
            model.fit(answers(new Random(1)), FitOptions.epochs(60).withBatchSize(SAMPLES));
            float[] found =
                    Arrays.copyOf(model.parameters().firstEntry().getValue().array(), 4);
            found[3] = model.parameters().lastEntry().getValue().item();
            return found;
        }
    }

    private static Dataset answers(Random random) {
        Tensor features = Tensor.zeros(SAMPLES, 3);
        Tensor answers = Tensor.zeros(SAMPLES, 1);
        for (int i = 0; i < SAMPLES; i++) {
            double logit = TRUTH[3];
            for (int j = 0; j < 3; j++) {
                features.array()[3 * i + j] = (float) random.nextGaussian();
                logit += TRUTH[j] * features.array()[3 * i + j];
            }
            answers.array()[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return Dataset.of(features, answers);
    }
}
