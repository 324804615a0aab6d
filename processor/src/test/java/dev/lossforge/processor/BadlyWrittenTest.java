package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.Precision;
import dev.lossforge.processor.testing.random.BadlyWritten;
import dev.lossforge.processor.testing.random.Batch;
import dev.lossforge.processor.testing.random.Compiled;
import dev.lossforge.processor.testing.random.Disagreement;
import dev.lossforge.processor.testing.random.FormulaSource;
import dev.lossforge.processor.testing.random.KernelJudge;
import dev.lossforge.processor.testing.random.RandomBatch;
import dev.lossforge.processor.testing.random.RandomSource;
import dev.lossforge.processor.testing.random.Way;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random formulas whose stable functions are written out as in a textbook have the kernels of the good form, at tame
 * inputs and at extreme ones. {@code -Dlossforge.random=2000} draws so many, {@code -Dlossforge.seed=7} others, and
 * {@code -Dlossforge.random.from=500} leaves out the first ones.
 */
class BadlyWrittenTest {

    private static final int FORMULAS = Integer.getInteger("lossforge.random", 60);
    private static final long SEED = Long.getLong("lossforge.seed", 1);
    private static final int FROM = Integer.getInteger("lossforge.random.from", 0);
    private static final int PER_COMPILATION = 125;

    @Test
    void kernelsOfBadFormulasAreThoseOfGoodOnes() {
        List<String> wrong = new ArrayList<>();
        Iterator<FormulaSource> sources = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> BadlyWritten.good(RandomSource.of(SEED * 10_000_000 + 5_000_000 + i)))
                .filter(source -> !BadlyWritten.of(source).equals(source))
                .skip(FROM)
                .iterator();
        for (int from = FROM; from < FORMULAS; from += PER_COMPILATION) {
            List<FormulaSource> good = new ArrayList<>();
            while (good.size() < Math.min(PER_COMPILATION, FORMULAS - from)) {
                good.add(sources.next());
            }
            List<FormulaSource> both = new ArrayList<>();
            good.forEach(source -> both.addAll(List.of(source, bad(source))));
            Compiled compiled = Compiled.ofShort(both);
            good.stream()
                    .filter(source -> both.contains(source) && both.contains(bad(source)))
                    .forEach(source -> judge(compiled, source, wrong));
        }
        assertThat(wrong).as("formulas whose kernel is another").isEmpty();
    }

    private static FormulaSource bad(FormulaSource source) {
        return BadlyWritten.of(source).named(source.name() + "Bad");
    }

    private static void judge(Compiled compiled, FormulaSource good, List<String> wrong) {
        SplittableRandom random = new SplittableRandom(good.name().hashCode());
        FormulaSource bad = bad(good);
        List<Way> ways = List.of(
                new Way("the Vector API", Precision.FLOAT, call -> compiled.vector(bad, call)),
                new Way("scalar code", Precision.FLOAT, call -> compiled.plain(bad, call)));
        for (boolean extreme : new boolean[] {false, true}) {
            Batch batch = RandomBatch.of(compiled.formula(good), random, extreme);
            try {
                KernelJudge.judge(compiled.formula(good), batch, ways);
            } catch (Disagreement d) {
                wrong.add((extreme ? "extreme " : "") + d.getMessage() + "\nGood:\n" + good.java() + "\nBad:\n"
                        + bad.java());
                return;
            }
        }
    }
}
