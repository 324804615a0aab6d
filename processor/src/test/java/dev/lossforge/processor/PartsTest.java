package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.Effort;
import dev.lossforge.processor.testing.Javac;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.processor.testing.random.FormulaSource;
import dev.lossforge.processor.testing.random.Marked;
import dev.lossforge.processor.testing.random.RandomSource;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code part("name", x)} does, through the whole processor, and what it leaves alone. */
class PartsTest {

    private static final int RANDOM_FORMULAS = Effort.of("lossforge.random.marks", 25);

    /** Members of a generated class that its parts, if they are named so, bring or change. */
    private static final Pattern OF_PARTS =
            Pattern.compile("LossSignature SIGNATURE|double runPart\\(|private static (double|void) part\\d");

    private static final Pattern LOADS_VECTORS =
            Pattern.compile("^\\s*(private static final boolean VECTORS|static \\{)");

    private static final CompiledClasses VARIATIONAL = classes("""
            @Loss
            static float variational(
                @Prediction float[] logits, @Prediction float[] mu, @Target int label, @Param(defaultValue = 0.1f) float beta) {
              return part("reconstruction", logSumExp(logits) - logits[label])
                + beta * part("divergence", sum(mu.length, i -> square(mu[i])));
            }
            """);

    private static LossFunction variational(Object... arguments) {
        return VARIATIONAL.create(LossFunction.class, "sample.VariationalLoss", arguments);
    }

    private static LossFunction loss(String members, String className, Object... arguments) {
        return classes(members).create(LossFunction.class, "sample." + className, arguments);
    }

    private static CompiledClasses classes(String members) {
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .withOptions("-Xlint:all,-processing", "-Werror")
                .compile(JavaFileObjects.forSourceString("sample.Losses", SourceReading.file("Losses", members)));
        assertThat(compilation.diagnostics()).isEmpty();
        return new CompiledClasses(compilation);
    }

    private static final LossInputs ROWS = LossInputs.of(
            Tensor.over(new float[] {1, 2, 3, 0, -1, 4, 2, 2, 2}, 3, 3),
            Tensor.over(new float[] {1, 2, -1, 0, 0, 3}, 3, 2),
            IntTensor.over(new int[] {2, 0, 1}, 3));

    @Test
    void partsHaveTheirNamesAndTheirValuesOfEverySample() {
        LossFunction loss = variational();
        assertThat(loss.signature().parts()).containsExactly("reconstruction", "divergence");
        Map<String, Tensor> parts = loss.partValues(ROWS);
        assertThat(parts.keySet()).containsExactly("reconstruction", "divergence");
        assertThat(parts.get("divergence")).isEqualTo(Tensor.vector(5, 1, 9));
        assertThat(parts.get("reconstruction").array())
                .containsExactly(new float[] {0.407606f, 4.024745f, 1.098612f}, within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource
    void theWeightedSumOfThePartsIsTheLossHoweverItIsReduced(Reduction reduction) {
        LossFunction loss = variational(0.5f);
        Tensor weights = Tensor.vector(2, 0.5f, 1);
        List<LossInputs> batches = List.of(
                ROWS,
                ROWS.withWeights(weights),
                ROWS.withMask(Tensor.vector(1, 0, 1)),
                ROWS.withWeights(weights).withMask(Tensor.vector(1, 0, 1)),
                ROWS.ignoring(1).withWeights(weights));
        for (LossInputs batch : batches) {
            Map<String, Double> parts = loss.parts(batch, reduction);
            double sum = parts.get("reconstruction") + 0.5 * parts.get("divergence");
            assertThat(loss.value(batch, reduction)).isCloseTo(sum, within(1e-6));
        }
    }

    @Test
    void whatIsLeftOutContributesNothing() {
        LossFunction loss = variational();
        LossInputs broken = LossInputs.of(
                Tensor.over(new float[] {1, 2, 3, Float.NaN, -1, 4}, 2, 3),
                Tensor.over(new float[] {1, 2, Float.NaN, 0}, 2, 2),
                IntTensor.over(new int[] {2, -100}, 2));
        LossInputs first = LossInputs.of(
                Tensor.over(new float[] {1, 2, 3}, 1, 3),
                Tensor.over(new float[] {1, 2}, 1, 2),
                IntTensor.over(new int[] {2}, 1));
        assertThat(loss.parts(broken.ignoring(-100), Reduction.MEAN)).isEqualTo(loss.parts(first, Reduction.MEAN));
        assertThat(loss.parts(broken.withMask(Tensor.vector(1, 0)), Reduction.MEAN))
                .isEqualTo(loss.parts(first, Reduction.MEAN));
        assertThat(loss.parts(broken.withWeights(Tensor.vector(1, 0)), Reduction.SUM))
                .isEqualTo(loss.parts(first, Reduction.SUM));
    }

    @Test
    void aPartThatControlDoesNotComeToIsZero() {
        LossFunction loss = loss("""
                @SuppressWarnings("FormulaDomain")
                @Loss static float branches(@Prediction float p, @Target int k) {
                  if (k == 0) {
                    return part("early", p);
                  }
                  float x;
                  if (k == 1) {
                    x = part("assigned", p + 1);
                  } else if (k == 2) {
                    return part("inner", p + 2);
                  } else {
                    x = p;
                  }
                  float chosen = k == 3 ? part("yes", log(p)) : part("no", p + 3);
                  float picked = switch (k) { case 4 -> part("four", p + 4); case 5, 6 -> part("six", p + 6); default -> part("rest", p + 7); };
                  float guarded = where(k == 7, part("seven", p + 8), p);
                  boolean both = k > 4 && part("and", p + 9) > 0;
                  boolean either = k > 4 || part("or", p + 10) > 0;
                  return x + chosen + picked + guarded + (both ? 1f : 0f) + (either ? 1f : 0f) + part("last", p + 11);
                }
                """, "BranchesLoss");
        float p = -100;
        Map<String, Tensor> parts = loss.partValues(
                LossInputs.of(Tensor.over(filled(p, 8), 8), IntTensor.over(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 8)));
        assertThat(parts.get("early").array()).containsExactly(p, 0, 0, 0, 0, 0, 0, 0);
        assertThat(parts.get("assigned").array()).containsExactly(0, p + 1, 0, 0, 0, 0, 0, 0);
        assertThat(parts.get("inner").array()).containsExactly(0, 0, p + 2, 0, 0, 0, 0, 0);
        assertThat(parts.get("yes").array()).containsExactly(0, 0, 0, Float.NaN, 0, 0, 0, 0);
        assertThat(parts.get("no").array()).containsExactly(0, p + 3, 0, 0, p + 3, p + 3, p + 3, p + 3);
        assertThat(parts.get("four").array()).containsExactly(0, 0, 0, 0, p + 4, 0, 0, 0);
        assertThat(parts.get("six").array()).containsExactly(0, 0, 0, 0, 0, p + 6, p + 6, 0);
        assertThat(parts.get("rest").array()).containsExactly(0, p + 7, 0, p + 7, 0, 0, 0, p + 7);
        assertThat(parts.get("seven").array()).containsExactly(0, 0, 0, 0, 0, 0, 0, p + 8);
        assertThat(parts.get("and").array()).containsExactly(0, 0, 0, 0, 0, p + 9, p + 9, p + 9);
        assertThat(parts.get("or").array()).containsExactly(0, p + 10, 0, p + 10, p + 10, 0, 0, 0);
        assertThat(parts.get("last").array()).containsExactly(0, p + 11, 0, p + 11, p + 11, p + 11, p + 11, p + 11);
    }

    private static float[] filled(float value, int size) {
        float[] filled = new float[size];
        Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void aPartIsReportedInStableFormAndHindersNoRule() {
        String members = """
                @Loss static float marked(@Prediction float[] z) {
                  return log(part("total", sum(z.length, i -> exp(z[i])))) + part("share", exp(z[0]) / sum(z.length, i -> exp(z[i])));
                }
                """;
        LossFunction loss = loss(members, "MarkedLoss");
        LossInputs large = LossInputs.of(Tensor.matrix(new float[] {1000, 1000}));
        assertThat(loss.value(large, Reduction.SUM)).isCloseTo(1000 + Math.log(2) + 0.5, within(1e-4));
        assertThat(loss.parts(large, Reduction.SUM))
                .containsEntry("total", Double.POSITIVE_INFINITY)
                .containsEntry("share", 0.5);
    }

    @Test
    void aHelperMarksPartsOfTheFormulaThatCallsIt() {
        String members = """
                static float penalty(float x, float y) {
                  return part("penalty", square(x - y));
                }
                @Loss static float one(@Prediction float p, @Target float y) { return abs(p) + penalty(p, y); }
                @Loss static float other(@Prediction float p, @Target float y) { return 2 * penalty(p, 3 * y) - part("p", p); }
                """;
        LossInputs inputs = LossInputs.of(Tensor.vector(1, 2), Tensor.vector(1, 1));
        assertThat(loss(members, "OneLoss").parts(inputs, Reduction.SUM)).isEqualTo(Map.of("penalty", 1.0));
        assertThat(loss(members, "OtherLoss").parts(inputs, Reduction.SUM)).isEqualTo(Map.of("penalty", 5.0, "p", 3.0));
    }

    @Test
    void partsMayBeNamedAsWhatIsInTheGeneratedClass() {
        LossFunction loss = loss("""
                @Loss static float names(@Prediction float[] p, @Param(trainable = true) float s) {
                  return part("run", p[0]) + part("runPart", p[1]) + part("class", sum(p)) + part("value", s * p[0])
                    + part("valueOfRows", s) + part("frame", p[0] * p[1]) + part("Lanes", logSumExp(p)) + part("SIGNATURE", p.length);
                }
                """, "NamesLoss", 2f);
        Map<String, Double> parts = loss.parts(LossInputs.of(Tensor.matrix(new float[] {3, 4})), Reduction.MEAN);
        assertThat(parts)
                .containsEntry("run", 3.0)
                .containsEntry("runPart", 4.0)
                .containsEntry("class", 7.0)
                .containsEntry("value", 6.0)
                .containsEntry("valueOfRows", 2.0)
                .containsEntry("frame", 12.0)
                .containsEntry("SIGNATURE", 2.0);
        assertThat(parts.get("Lanes")).isCloseTo(4.313262, within(1e-5));
    }

    @Test
    void aConstantPartIsReportedAsItIs() {
        LossFunction loss = loss("""
                @SuppressWarnings("FormulaPart")
                @Loss static float constants(@Prediction float[] p, @Target int k) {
                  return part("half", 0.5f) + sum(p) + (k == 1 ? part("one", 1f) : 0f);
                }
                """, "ConstantsLoss");
        LossInputs inputs =
                LossInputs.of(Tensor.over(new float[] {1, 2, 3, 4}, 2, 2), IntTensor.over(new int[] {0, 1}, 2));
        assertThat(loss.parts(inputs, Reduction.MEAN)).isEqualTo(Map.of("half", 0.5, "one", 0.5));
    }

    @Test
    void elementsAndBatchesHavePartsToo() {
        String members = """
                @Loss static float ofElement(@Prediction float p, @Target float y, @Param(trainable = true) float s) {
                  return part("error", square(p - y)) + part("scale", s * s);
                }
                @Loss static float ofBatch(@Prediction float[][] p, @Target float[] y) {
                  return part("spread", max(p.length, i -> p[i][0]) - min(p.length, i -> p[i][0]))
                    + 2 * part("error", mean(p.length, i -> abs(p[i][0] - y[i])));
                }
                """;
        Tensor p = Tensor.over(new float[] {1, 5, 3}, 3, 1);
        LossInputs elements = LossInputs.of(p, Tensor.over(new float[] {0, 5, 1}, 3, 1));
        LossFunction ofElement = loss(members, "OfElementLoss", 3f);
        assertThat(ofElement.partValues(elements).get("scale")).isEqualTo(Tensor.over(new float[] {9, 9, 9}, 3, 1));
        assertThat(ofElement.parts(elements, Reduction.SUM)).isEqualTo(Map.of("error", 5.0, "scale", 27.0));
        LossInputs batch = LossInputs.of(p, Tensor.vector(0, 5, 1));
        LossFunction ofBatch = loss(members, "OfBatchLoss");
        assertThat(ofBatch.parts(batch, Reduction.MEAN)).isEqualTo(Map.of("spread", 4.0, "error", 1.0));
        assertThat(ofBatch.partValues(batch).get("spread")).isEqualTo(Tensor.scalar(4));
    }

    @Test
    void aRegularizerHasParts() {
        PenaltyFunction elastic = classes("""
                @Regularizer static float elastic(@Weight float w, @Param float alpha) {
                  return alpha * part("absolute", abs(w)) + (1 - alpha) * part("squared", w * w);
                }
                """).create(PenaltyFunction.class, "sample.ElasticRegularizer", 0.25f);
        Tensor weights = Tensor.over(new float[] {1, -2, 3, 0}, 2, 2);
        assertThat(elastic.parts(weights)).isEqualTo(Map.of("absolute", 6.0, "squared", 14.0));
        assertThat(elastic.value(weights)).isEqualTo(12);
    }

    @Test
    void whatOnlyAPartReadsIsCheckedAndNotCalledUnused() {
        LossFunction loss = loss("""
                @Loss static float watched(@Prediction float[] p, @Target float[] y, @Target int k) {
                  float aside = part("aside", sum(p.length, i -> p[i] * y[i]) + y[k]);
                  return squaredNorm(p);
                }
                """, "WatchedLoss");
        Tensor p = Tensor.matrix(new float[] {1, 2});
        Tensor y = Tensor.matrix(new float[] {3, 4});
        assertThat(loss.parts(LossInputs.of(p, y, IntTensor.over(new int[] {1}, 1)), Reduction.SUM))
                .isEqualTo(Map.of("aside", 15.0));
        assertThatThrownBy(() -> loss.parts(
                        LossInputs.of(p, Tensor.matrix(new float[] {3, 4, 5}), IntTensor.over(new int[] {1}, 1)),
                        Reduction.SUM))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> loss.parts(LossInputs.of(p, y, IntTensor.over(new int[] {2}, 1)), Reduction.SUM))
                .hasMessageContaining("'k'");
    }

    @Test
    void aPartThatIsNotThereIsNamed() {
        LossFunction loss = variational();
        assertThatThrownBy(() -> BoundLoss.of(loss, ROWS).part("divergense"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no part 'divergense'; it has reconstruction, divergence");
    }

    @Test
    void aPartDoesNotTouchWhatTheLossStores() {
        LossFunction loss = variational();
        BoundLoss bound = BoundLoss.of(loss, ROWS);
        float[] gradient = filled(7, 9);
        float[] values = filled(7, 3);
        bound.frame().gradient(0, gradient).gradient(1, new float[6]).values(values);
        bound.part("divergence").run();
        assertThat(gradient).containsOnly(7);
        assertThat(values).containsOnly(7);
    }

    /** The law: marks change no letter of the kernels, and so no bit of the value, of a gradient or of a Hessian. */
    @Test
    void marksChangeNothingInTheLoss() throws IOException {
        List<FormulaSource> plain = IntStream.range(0, RANDOM_FORMULAS)
                .mapToObj(i -> RandomSource.of(77_000_000 + i))
                .toList();
        List<FormulaSource> marked = plain.stream().map(Marked::of).toList();
        assertThat(marked.stream().filter(s -> s.java().contains("part(\"")).count())
                .isGreaterThan(RANDOM_FORMULAS / 2);
        assertThat(kernels(marked)).isEqualTo(kernels(plain));
    }

    /**
     * The members of the generated classes but for those of parts; they are read, and compiled in other tests. Those
     * that load vector code are left out, too: where only parts have any, only they need it.
     */
    private static List<String> kernels(List<FormulaSource> sources) throws IOException {
        StringBuilder members = new StringBuilder(FormulaSource.HELPERS);
        sources.forEach(s -> members.append('\n').append(s.java()));
        List<String> kernels = new ArrayList<>();
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .withOptions("-proc:only")
                .compile(JavaFileObjects.forSourceString(
                        "sample.Losses", SourceReading.file("Losses", members.toString())));
        assertThat(compilation.errors()).isEmpty();
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            String text = file.getCharContent(false).toString();
            Arrays.stream(text.substring(text.indexOf("Loss extends"), text.lastIndexOf('}'))
                            .split("\n\n"))
                    .filter(member -> !OF_PARTS.matcher(member).find())
                    .filter(member -> !LOADS_VECTORS.matcher(member).find())
                    .map(String::strip)
                    .forEach(kernels::add);
        }
        return kernels;
    }
}
