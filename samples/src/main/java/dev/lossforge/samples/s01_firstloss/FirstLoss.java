package dev.lossforge.samples.s01_firstloss;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
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
import java.util.Locale;
import java.util.Random;

/** The optimal stock, if a missed sale costs nine times as much as an article left over. */
public final class FirstLoss implements Lesson {
    private static final int DAYS = 2000;

    /** The cost of a day: {@code missed} for each missed sale, 1 for each article left over. */
    @Loss
    static float stock(@Prediction float kept, @Target float demand, @Param(defaultValue = 9, min = 0) float missed) {
        return demand > kept ? missed * (demand - kept) : kept - demand;
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String name() {
        return "first-loss";
    }

    @Override
    public String summary() {
        return "write a loss as a method, train with the class that is generated from it";
    }

    @Override
    public void run(SampleContext context) {
        context.out()
                .printf(
                        Locale.ROOT,
                        "A missed sale costs 9, an article left over 1. The cheapest stock suffices on 90 of 100 days;%n"
                                + "the trained one suffices on %.1f of 100.%n",
                        100 * sufficientDays());
    }

    /** The share of days on which the model's stock suffices. */
    static double sufficientDays() {
        Dataset days = days(new Random(1));
        try (Sequential model =
                Sequential.builder().input(1).add(Dense.of(1)).seed(1).build()) {
            model.compile(Adam.of(0.02), new StockLoss(9));
            model.fit(days, FitOptions.epochs(60));
            Tensor kept = model.predict(days.inputs());
            float[] demand = ((Tensor) days.targets()).array();
            int sufficient = 0;
            for (int i = 0; i < DAYS; i++) {
                sufficient += demand[i] <= kept.array()[i] ? 1 : 0;
            }
            return sufficient / (double) DAYS;
        }
    }

    /** The warmth of each day from 0 to 1, and the demand: 2 + 3·warmth, plus or minus 1. */
    private static Dataset days(Random random) {
        Tensor warmth = Tensor.zeros(DAYS, 1);
        Tensor demand = Tensor.zeros(DAYS, 1);
        for (int i = 0; i < DAYS; i++) {
            warmth.array()[i] = random.nextFloat();
            demand.array()[i] = 2 + 3 * warmth.array()[i] + (float) random.nextGaussian();
        }
        return Dataset.of(warmth, demand);
    }
}
