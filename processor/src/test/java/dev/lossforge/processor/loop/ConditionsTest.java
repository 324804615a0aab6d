package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What conditions are made of is computed once, in front of the loops that it does not depend on. */
class ConditionsTest {

    @Test
    void whatAConditionComparesIsComputedInFrontOfTheLoop() {
        List<String> lines = lines("static float f(@Prediction float[] p, @Param float t) {"
                + " return sum(p.length, i -> lgamma(t) > 1 ? square(p[i]) : p[i]); }");
        assertThat(lines).filteredOn(line -> line.contains("lgamma(")).containsExactly("lgamma0 = lgamma(t)");
    }

    @Test
    void whatAConditionThatIsUsedTwiceComparesIsComputedOnce() {
        List<String> lines = lines("static float f(@Prediction float p, @Prediction float q, @Param float t) {"
                + " return lgamma(t) > 1 ? square(p) * square(q) : p + q; }");
        assertThat(lines).filteredOn(line -> line.contains("lgamma(")).containsExactly("lgamma0 = lgamma(t)");
    }

    @Test
    void conditionsOfSeveralComparisonsAreEvaluatedInFrontOfTheLoop() {
        List<String> lines = lines("static float f(@Prediction float[] p, @Param float t, @Param float u) {"
                + " return sum(p.length, i -> t > 1 && u > 1 ? square(p[i]) : p[i]); }");
        assertThat(lines).filteredOn(line -> line.contains("∧")).hasSize(1).allMatch(line -> !line.startsWith(" "));
    }

    @Test
    void entriesOfInputsThatAreAsLongNeedNoCheckOfTheLength() {
        List<String> lines = lines("static float f(@Prediction float[] p, @Prediction float[] q) {"
                + " return sum(p.length, i -> square(p[i] - q[i])); }");
        assertThat(lines).noneMatch(line -> line.contains("?"));
    }

    private static List<String> lines(String member) {
        return LoopText.of(OperationTally.nest(
                        SourceReading.ofMembers("@Loss " + member).formula()))
                .lines()
                .toList();
    }
}
