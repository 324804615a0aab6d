package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is the same for a pair and its mirror image, or for a row and its neighbour, is computed once. */
class SharedValuesTest {

    @Test
    void cosinesOfAllPairsTakeTwoProducts() {
        List<String> lines = lines("static float f(@Prediction float[][] x, @Target float[] y) {"
                + " return sum(x.length, i -> sum(x.length, j -> y[i] * exp(cosineSimilarity(x[i], x[j])))); }");
        assertThat(lines).filteredOn(line -> line.contains("product over")).hasSize(2);
    }

    @Test
    void productsOfAllPairsOfOneMatrixHaveOneGradient() {
        List<String> lines = lines("static float f(@Prediction float[][] x, @Target float[] y) {"
                + " return sum(x.length, i -> sum(x.length, j -> y[i] * exp(dot(x[i], x[j])))); }");
        assertThat(lines).filteredOn(line -> line.contains("product over")).hasSize(2);
    }

    @Test
    void productsOfTwoMatricesHaveAGradientEach() {
        List<String> lines = lines("static float f(@Prediction float[][] x, @Prediction float[][] y) {"
                + " return sum(x.length, i -> sum(x.length, j -> exp(dot(x[i], y[j])))); }");
        assertThat(lines).filteredOn(line -> line.contains("product over")).hasSize(3);
    }

    @Test
    void weightsOfMirroredPairsAreComputedOnce() {
        List<String> lines = lines("static float f(@Prediction float[][] x) {"
                + " return sum(x.length, i -> logSumExp(x.length, j -> cosineSimilarity(x[i], x[j]))); }");
        assertThat(lines).filteredOn(line -> line.contains("exp(")).hasSize(1);
    }

    @Test
    void aRowIsNormalizedOnceForItsNeighbours() {
        List<String> lines = lines("static float f(@Prediction float[][] z, @Target float[][] y) {"
                + " return sum(z.length - 1, t -> sum(z[0].length, k -> y[t][k]"
                + " * square(z[t + 1][k] - logSumExp(z[t + 1]) - z[t][k] + logSumExp(z[t])))); }");
        assertThat(lines).filteredOn(line -> line.contains("exp(")).hasSize(1);
    }

    /** It is not a neighbour of the same kind where the index itself counts. */
    @Test
    void aRowWhoseNumberCountsIsNoNeighbour() {
        List<String> lines = lines("static float f(@Prediction float[][] z) {"
                + " return sum(z.length - 1, t -> square(sum(z[0].length, k -> exp(z[t][k]) * t)"
                + " - sum(z[0].length, k -> exp(z[t + 1][k]) * t))); }");
        assertThat(lines).filteredOn(line -> line.contains("exp(z[i + 1]")).isNotEmpty();
    }

    private static List<String> lines(String member) {
        String scope = member.contains("z[t") ? "(scope = Scope.SAMPLE) " : " ";
        return LoopText.of(OperationTally.nest(
                        SourceReading.ofMembers("@Loss" + scope + member).formula()))
                .lines()
                .toList();
    }
}
