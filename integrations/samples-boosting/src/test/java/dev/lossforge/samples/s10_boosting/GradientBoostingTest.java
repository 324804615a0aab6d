package dev.lossforge.samples.s10_boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.s10_boosting.GradientBoosting.Comparison;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Map;
import java.util.ServiceLoader;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class GradientBoostingTest {
    private final GradientBoosting sample = new GradientBoosting();

    private static void assertAlike(Comparison comparison) {
        assertThat(comparison.builtIn()).isGreaterThan(0.85);
        assertThat(comparison.own()).isCloseTo(comparison.builtIn(), within(0.005));
    }

    @Test
    void ourFormulaIsAsGoodAsTheBuiltInOne() throws XGBoostError, LGBMException {
        assertAlike(sample.xgboost());
        assertAlike(sample.lightgbm());
    }

    @Test
    void promisesCostLessWhenTheirCostIsTheObjective() throws XGBoostError {
        Map<String, double[]> costs = sample.costs();
        double own = costs.get("the cost of promises")[59];
        assertThat(own).isLessThan(0.9 * costs.get("squared error")[59]);
    }

    @Test
    void isFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(Lesson.class)).hasAtLeastOneElementOfType(GradientBoosting.class);
    }
}
