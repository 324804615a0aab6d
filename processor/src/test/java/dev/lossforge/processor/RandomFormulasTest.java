package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.Effort;
import dev.lossforge.processor.testing.random.Batch;
import dev.lossforge.processor.testing.random.Case;
import dev.lossforge.processor.testing.random.Compiled;
import dev.lossforge.processor.testing.random.Disagreement;
import dev.lossforge.processor.testing.random.FormulaSource;
import dev.lossforge.processor.testing.random.Gaps;
import dev.lossforge.processor.testing.random.Judge;
import dev.lossforge.processor.testing.random.Marked;
import dev.lossforge.processor.testing.random.RandomBatch;
import dev.lossforge.processor.testing.random.RandomSource;
import dev.lossforge.processor.testing.random.Trials;
import dev.lossforge.runtime.internal.kernel.VectorModule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random formulas of the whole language mean the same in all ways of computing them, at tame inputs and at extreme
 * ones. {@code -Dlossforge.random=20000} draws so many, {@code -Dlossforge.seed=7} others, and
 * {@code -Dlossforge.random.from=5000} leaves out the first ones.
 */
class RandomFormulasTest {

    private static final int FORMULAS = Effort.of("lossforge.random", 125);
    private static final long SEED = Long.getLong("lossforge.seed", 1);
    private static final int FROM = Integer.getInteger("lossforge.random.from", 0);
    private static final int PER_COMPILATION = 125;

    private int quotients;

    @Test
    void theVectorApiIsHere() {
        assertThat(VectorModule.isPresent()).isTrue();
    }

    @Test
    void allWaysOfComputingAFormulaAgree() {
        System.out.println("Random formulas: " + FROM + " to " + FORMULAS + " of seed " + SEED);
        for (int from = FROM; from < FORMULAS; from += PER_COMPILATION) {
            List<FormulaSource> sources = new ArrayList<>();
            for (int i = from; i < Math.min(from + PER_COMPILATION, FORMULAS); i++) {
                FormulaSource source = RandomSource.of(SEED * 10_000_000 + i);
                sources.add(i % 2 == 0 ? source : Marked.of(source));
            }
            Compiled compiled = Compiled.ofShort(sources);
            sources.forEach(source -> check(compiled, source));
        }
        assertThat(quotients).as("entries compared with difference quotients").isGreaterThan((FORMULAS - FROM) / 2);
    }

    private void check(Compiled compiled, FormulaSource source) {
        SplittableRandom random = new SplittableRandom(source.name().hashCode());
        for (boolean extreme : new boolean[] {false, true}) {
            Batch batch = RandomBatch.of(compiled.formula(source), random, extreme);
            for (Batch each : extreme ? List.of(batch) : Gaps.withAndWithout(batch)) {
                judge(compiled, source, each);
            }
        }
    }

    private void judge(Compiled compiled, FormulaSource source, Batch batch) {
        try {
            quotients += Judge.judge(compiled, source, batch);
        } catch (Disagreement d) {
            throw new AssertionError(Trials.report(new Case(source, batch), d), d);
        }
    }
}
