package dev.lossforge.processor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.LossforgeProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * What the compiler answers to a source file {@code sample.Losses}: a kernel that compiles, or diagnostics. Never a
 * defect of ours, and never an error in what we generate.
 */
public record Answer(String source, Compilation compilation) {

    private static final long DEEP_STACK = 1L << 30;

    public static Answer toFile(String source) {
        Answer answer = new Answer(
                source,
                Javac.compiler()
                        .withProcessors(new LossforgeProcessor())
                        .compile(JavaFileObjects.forSourceString("sample.Losses", source)));
        answer.isOurs();
        return answer;
    }

    /** javac's parser itself recurs; with stack enough for it, what remains is our own answer. */
    public static Answer onDeepStack(String source) {
        FutureTask<Answer> task = new FutureTask<>(() -> toFile(source));
        new Thread(null, task, "deep", DEEP_STACK).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("an exception instead of an answer to " + start(source), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void isKernel() {
        assertThat(errors()).as(start(source)).isEmpty();
        assertThat(isCompiled()).as(start(source)).isTrue();
    }

    public void isKernelOr(String... ids) {
        if (!isCompiled()) {
            isRefusedFor(ids);
        }
    }

    /** Refused with errors of these ids alone. */
    public void isRefusedFor(String... ids) {
        assertThat(errors())
                .as(start(source))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(Arrays.stream(ids)).as(e).anyMatch(id -> e.contains("[" + id + "]")));
    }

    /** The texts of the errors. */
    public List<String> errors() {
        return compilation.errors().stream().map(d -> d.getMessage(Locale.ROOT)).toList();
    }

    /** The lines with errors, in order. */
    public List<Integer> errorLines() {
        return compilation.errors().stream()
                .map(e -> (int) e.getLineNumber())
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isCompiled() {
        return compilation.status() == Compilation.Status.SUCCESS
                && !compilation.generatedSourceFiles().isEmpty();
    }

    private void isOurs() {
        for (Diagnostic<? extends JavaFileObject> error : compilation.errors()) {
            assertThat(error.getMessage(Locale.ROOT)).as(start(source)).doesNotContain("[FormulaInternal]");
            boolean isInSource =
                    error.getSource() == null || error.getSource().getName().contains("sample/Losses.java");
            assertThat(isInSource)
                    .as("%s in generated code of%n%s", error, start(source))
                    .isTrue();
        }
    }

    private static String start(String source) {
        return source.substring(0, Math.min(source.length(), 3000));
    }
}
