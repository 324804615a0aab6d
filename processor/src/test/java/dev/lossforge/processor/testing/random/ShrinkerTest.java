package dev.lossforge.processor.testing.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A defect that is planted is found and told by a small method. */
class ShrinkerTest {

    private static final FormulaSource FORMULA = new FormulaSource(
            "planted",
            false,
            List.of(
                    new Parameter("@Prediction float[]", "p"),
                    new Parameter("@Prediction float[]", "q"),
                    new Parameter("@Target int", "label"),
                    new Parameter("@Param float", "delta")),
            Term.statements(
                    "float t0 = %s;\n%s",
                    Term.real("(%s + %s)", Term.real("logSumExp(p)"), Term.real("delta")),
                    Term.statements(
                            "return %s;",
                            Term.real(
                                    "(%s * %s)",
                                    Term.real(
                                            "sum(p.length, i1 -> %s)",
                                            Term.real("min(%s, %s)", Term.real("p[i1]"), Term.real("(t0 * q[i1])"))),
                                    Term.real("exp(%s)", Term.real("q[label]"))))));

    @Test
    void aPlantedDefectIsTold() {
        Function<Case, Optional<Disagreement>> trial = c -> Trials.run(c, ShrinkerTest::mistaken);
        Compiled compiled = Compiled.of(List.of(FORMULA));
        Batch batch = RandomBatch.of(compiled.formula(FORMULA), new SplittableRandom(5), false);
        Case failing = new Case(FORMULA, batch);
        Shrinker.Shrunk shrunk = Shrinker.shrink(failing, trial.apply(failing).orElseThrow(), trial, Trials.MAX);

        assertThat(shrunk.small().source().body().java()).contains("min(").hasSizeLessThan(60);
        assertThat(shrunk.small().batch().units()).isEqualTo(1);
        assertThat(shrunk.report())
                .contains("static float planted(@Prediction float[] p")
                .contains("float[] p = {")
                .contains("instead of")
                .doesNotContain("delta");
    }

    @Test
    void withoutTheDefectNothingIsWrong() {
        Compiled compiled = Compiled.of(List.of(FORMULA));
        Batch batch = RandomBatch.of(compiled.formula(FORMULA), new SplittableRandom(5), false);
        assertThat(Trials.run(new Case(FORMULA, batch))).isEmpty();
    }

    /** A compiler that takes the lesser for the greater. */
    private static String mistaken(String source) {
        return source.replace("min(", "max(");
    }
}
