package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.Javac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resources by which programs know the generated classes. */
class DescriptionTest {
    private static final String HEAD = """
            package sample;
            import static dev.lossforge.dsl.Formulas.*;
            import dev.lossforge.dsl.*;
            """;

    @Test
    void aFormulaIsDescribedFromItsCommentToItsKernel() throws IOException {
        String json = description("""
                /** {@code log(1 + e^(y − p))}, "soft". */
                @Loss(hessian = Hessian.DIAGONAL)
                static float soft(@Prediction(min = -5) float p, @Target int y, @Param(defaultValue = 2, max = 9) float a) {
                    return a * log(1 + exp(y - p));
                }
                """, "sample.SoftLoss");
        assertThat(json)
                .contains(
                        "\"className\":\"sample.SoftLoss\",\"kind\":\"loss\",\"name\":\"soft\",\"declaredIn\":\"Sample\"")
                .contains("\"scope\":\"element\",\"comment\":\"{@code log(1 + e^(y − p))}, \\\"soft\\\".\"")
                .contains(
                        "{\"name\":\"p\",\"role\":\"prediction\",\"type\":\"float\",\"rank\":0,\"min\":-5.0,\"trainable\":false}")
                .contains("{\"name\":\"y\",\"role\":\"target\",\"type\":\"int\",\"rank\":0,\"trainable\":false}")
                .contains("\"max\":9.0,\"trainable\":false,\"defaultValue\":2.0}")
                .contains("\"hessian\":true")
                .contains("\"formula\":\"a·log(1 + exp(y − p))\",\"stable\":\"a·softplus(y − p)\"")
                .contains("\"gradient\":[\"∂p = −")
                .contains("\"rule\":\"softplus\"")
                .contains("\"passes\":1,\"valueCost\":[{\"over\":[],\"operations\":{")
                .contains("\"kernel\":\"");
    }

    @Test
    void partsAreDescribedInStableForm() throws IOException {
        String json = description("""
                @Loss static float parted(@Prediction float p, @Target float y) {
                    return part("error", log(1 + exp(p))) + (y > 0 ? part("above", p * y) : 0);
                }
                """, "sample.PartedLoss");
        assertThat(json)
                .contains(
                        "\"parts\":[{\"name\":\"error\",\"stable\":\"softplus(p)\"},{\"name\":\"above\",\"stable\":\"");
    }

    @Test
    void operationsAreCountedByTheLoopsAroundThem() throws IOException {
        String json = description("""
                @Loss static float ranked(@Prediction float[] s) {
                    return exp(sum(s.length, i -> sum(s.length, j -> abs(s[i] - s[j]))));
                }
                """, "sample.RankedLoss");
        assertThat(json)
                .contains("\"valueCost\":[{\"over\":[],\"operations\":{\"exp\":1}}")
                .contains("{\"over\":[\"|s|\",\"|s|\"],\"operations\":{\"abs\":1,\"subtract\":1,\"sum\":1}}");
    }

    @Test
    void theTextOfSharedPartsStaysShort() throws IOException {
        StringBuilder formula = new StringBuilder("float x0 = p;\n");
        for (int i = 1; i <= 60; i++) {
            formula.append("float x%d = x%d * tanh(x%d) + 1f;%n".formatted(i, i - 1, i - 1));
        }
        String json = description(
                "@Loss static float deep(@Prediction float p) { " + formula + " return x60; }", "sample.DeepLoss");
        assertThat(json)
                .contains("\"formula\":\"\"")
                .contains("\"gradient\":[]")
                .hasSizeLessThan(40_000);
    }

    @Test
    void theIndexKeepsWhatAnEarlierCompilationOfOtherSourcesLeft(@TempDir Path folder) throws IOException {
        compileInto(folder, "First", "@Loss static float first(@Prediction float p) { return p * p; }");
        compileInto(folder, "Second", "@Loss(name = \"Other\") static float second(@Prediction float p) { return p; }");
        Path resources = folder.resolve("META-INF/lossforge");
        assertThat(resources.resolve("index")).hasContent("sample.FirstLoss first\nsample.Other second\n");
        Files.delete(resources.resolve("sample.FirstLoss.json"));
        compileInto(folder, "Second", "@Loss static float third(@Prediction float p) { return p; }");
        assertThat(resources.resolve("index")).hasContent("sample.Other second\nsample.ThirdLoss third\n");
    }

    private static void compileInto(Path folder, String name, String method) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-d", folder.toString());
        JavaCompiler.CompilationTask task = javac.getTask(
                null,
                null,
                null,
                options,
                null,
                List.of(JavaFileObjects.forSourceString("sample." + name, source(name, method))));
        task.setProcessors(List.of(new LossforgeProcessor()));
        assertThat(task.call()).isTrue();
    }

    private static String description(String method, String className) throws IOException {
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample.Sample", source("Sample", method)));
        assertThat(compilation.errors()).isEmpty();
        try (var in = compilation
                .generatedFile(StandardLocation.CLASS_OUTPUT, "META-INF/lossforge/" + className + ".json")
                .orElseThrow()
                .openInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String source(String name, String method) {
        return HEAD + "final class " + name + " {\n" + method + "}\n";
    }
}
