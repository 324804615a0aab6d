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
import dev.lossforge.processor.testing.random.RandomBatch;
import dev.lossforge.processor.testing.random.Trials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Formulas as people write them, and as they should not: all ways of computing them agree. */
class AdversarialFormulasTest {

    private static final int ROUNDS = Effort.of("lossforge.adversarial.rounds", 2);
    /** Until entries could be compared with difference quotients. */
    private static final int MAX_ROUNDS = Math.max(ROUNDS, 6);

    private static final List<FormulaSource> SOURCES = read();

    private static final Compiled COMPILED = Compiled.of(SOURCES);

    private static List<FormulaSource> read() {
        try (InputStream in = AdversarialFormulasTest.class.getResourceAsStream("/adversarial/formulas.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n")).map(FormulaSource::parse).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> names() {
        return SOURCES.stream().map(FormulaSource::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void allWaysOfComputingItAgree(String name) {
        FormulaSource source =
                SOURCES.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int quotients = 0;
        for (int round = 0; round < ROUNDS || quotients == 0 && round < MAX_ROUNDS; round++) {
            boolean extreme = round % 2 == 1;
            Batch batch = RandomBatch.of(COMPILED.formula(source), random, extreme);
            for (Batch each : extreme ? List.of(batch) : Gaps.withAndWithout(batch)) {
                quotients += judge(source, each);
            }
        }
        assertThat(quotients).as("entries compared with difference quotients").isPositive();
    }

    private static int judge(FormulaSource source, Batch batch) {
        try {
            return Judge.judge(COMPILED, source, batch);
        } catch (Disagreement d) {
            throw new AssertionError(Trials.report(new Case(source, batch), d), d);
        }
    }
}
