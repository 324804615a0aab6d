package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.Javac;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossforgeProcessorTest {

    private static final String SQUARED = """
            @Loss static float squared(@Prediction float p, @Target float y) { return square(p - y); }
            """;

    @Test
    void aCorrectFormulaIsSilent() {
        assertThat(compile(new LossforgeProcessor(), SQUARED).diagnostics()).isEmpty();
    }

    @Test
    void aDumpHasOneFileForEachStage(@TempDir Path folder) throws Exception {
        compile(new LossforgeProcessor(), SQUARED, "-Alossforge.dump=" + folder);
        Path stages = folder.resolve("sample.SquaredLoss");
        assertThat(stages.resolve("1-formula.txt"))
                .content()
                .contains("t1 = subtract p y")
                .contains("value t2");
        assertThat(stages.resolve("4-simplified.txt")).content().contains("gradient p += ");
        assertThat(stages.resolve("6-loops.txt")).content().contains("gradient.p = ");
        assertThat(stages.resolve("8-vectors.txt")).content().contains("FloatVector");
        try (Stream<Path> files = Files.list(stages)) {
            assertThat(files).hasSize(7);
        }
    }

    @Test
    void aDumpHasTheStableFormAndTheLoopsOfEveryPart(@TempDir Path folder) throws Exception {
        String parted =
                "@Loss static float parted(@Prediction float p) { return part(\"left\", log(1 + exp(p))) + part(\"size\", p * p); }";
        compile(new LossforgeProcessor(), parted, "-Alossforge.dump=" + folder);
        Path stages = folder.resolve("sample.PartedLoss");
        assertThat(stages.resolve("2-stable-part-left.txt")).content().contains("softplus p");
        assertThat(stages.resolve("6-loops-part-size.txt")).content().contains("value = p²");
    }

    @Test
    void aDumpThatCannotBeWrittenIsAnError(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Compilation compilation = compile(new LossforgeProcessor(), SQUARED, "-Alossforge.dump=" + file);
        assertThat(text(compilation.errors().getFirst()))
                .contains("[FormulaDump]")
                .contains(file.toString());
    }

    @Test
    void theGeneratedClassIsALossOfTheRuntime() {
        assertThat(compile(new LossforgeProcessor(), SQUARED).generatedSourceFile("sample.SquaredLoss"))
                .get()
                .asInstanceOf(InstanceOfAssertFactories.type(JavaFileObject.class))
                .extracting(LossforgeProcessorTest::content)
                .asString()
                .contains("public final class SquaredLoss extends FormulaLoss");
    }

    @Test
    void aClassThatCannotBeWrittenIsAnError() {
        Compilation compilation = compile(WrappedProcessor.withRival(), SQUARED);
        assertThat(compilation.errors().stream().map(LossforgeProcessorTest::text))
                .anySatisfy(e -> assertThat(e).contains("[FormulaOutput]").contains("sample.SquaredLoss"));
    }

    private static String content(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStageThatFailsIsTold() {
        assertThat(text(compile(new DefectiveProcessor(), SQUARED).errors().getFirst()))
                .contains("[FormulaInternal]")
                .contains("'read'")
                .contains("'squared'")
                .contains("a defect");
    }

    @Test
    void rewritesAreToldOnRequest() {
        String naive = "@Loss static float naive(@Prediction float p) { return log(1 + exp(p)); }";
        Compilation compilation = compile(new LossforgeProcessor(), naive, "-Alossforge.explain");
        assertThat(compilation.notes().stream().map(LossforgeProcessorTest::text))
                .anySatisfy(n -> assertThat(n).contains("[FormulaRewrite]").contains("softplus"));
        assertThat(compile(new LossforgeProcessor(), naive).notes()).isEmpty();
    }

    /** Such a class does not compile without the generated one, but the formula in it must be readable all the same. */
    @Test
    void aClassMayUseWhatItsOwnFormulaGenerates() {
        Compilation compilation =
                compile(new LossforgeProcessor(), SQUARED + "static Object use() { return new SquaredLoss(); }");
        assertThat(compilation.diagnostics().stream().map(LossforgeProcessorTest::text))
                .allSatisfy(t -> assertThat(t).doesNotContain("[Formula"));
    }

    @Test
    void aCompilerWithoutTreesIsToldOnce() {
        String two = SQUARED + "@Loss static float again(@Prediction float p) { return p; }";
        Compilation compilation = compile(WrappedProcessor.withoutTrees(), two);
        assertThat(compilation.errors()).hasSize(1);
        assertThat(text(compilation.errors().getFirst())).contains("[FormulaCompiler]");
    }

    private static Compilation compile(Processor processor, String members, Object... options) {
        return Javac.compiler()
                .withProcessors(processor)
                .withOptions(options)
                .compile(JavaFileObjects.forSourceString("sample.Losses", SourceReading.file("Losses", members)));
    }

    private static String text(Diagnostic<?> diagnostic) {
        return diagnostic.getMessage(Locale.ROOT);
    }
}
