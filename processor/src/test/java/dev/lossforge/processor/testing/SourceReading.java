package dev.lossforge.processor.testing;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.LossforgeProcessor;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.frontend.FormulaReader;
import dev.lossforge.processor.frontend.SourceTrees;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/**
 * Java source, compiled by javac with a processor that only reads its formulas.
 *
 * @param formulas those that could be read, in order of declaration
 */
public record SourceReading(List<Formula> formulas, Compilation compilation) {

    private static final String IMPORTS = """
            package sample;
            import dev.lossforge.dsl.*;
            import static dev.lossforge.dsl.Formulas.*;
            """;

    /** The line on which the members begin. */
    public static final int FIRST_LINE = 5;

    /** Compiles whole files; the name of the class in each is found in its text. */
    public static SourceReading ofFiles(String... files) {
        Collector collector = new Collector();
        return of(collector, List.of(collector), files);
    }

    /** The same with the classes that the processor generates. */
    public static SourceReading withKernels(String... files) {
        Collector collector = new Collector();
        return of(collector, List.of(collector, new LossforgeProcessor()), files);
    }

    private static SourceReading of(Collector collector, List<Processor> processors, String... files) {
        JavaFileObject[] sources = Arrays.stream(files).map(SourceReading::file).toArray(JavaFileObject[]::new);
        // TornadoVM reads the tables of local variables of its kernels.
        Compilation compilation =
                Javac.compiler().withOptions("-g").withProcessors(processors).compile(sources);
        return new SourceReading(List.copyOf(collector.formulas), compilation);
    }

    /** Compiles members of a class {@code sample.Losses} that sees the dsl. */
    public static SourceReading ofMembers(String members) {
        return ofFiles(file("Losses", members));
    }

    /** The text of a file of the package {@code sample} that sees the dsl. */
    public static String file(String className, String members) {
        return IMPORTS + "public final class " + className + " {\n" + members + "\n}\n";
    }

    /** The only formula. */
    public Formula formula() {
        if (formulas.size() != 1) {
            throw new AssertionError(formulas.size() + " formulas\n" + compilation.diagnostics());
        }
        return formulas.getFirst();
    }

    private static JavaFileObject file(String text) {
        String name = text.replaceFirst(
                "(?ms).*?^(?:public |final |abstract )*(?:class|interface|record|enum) (\\w+).*", "$1");
        return JavaFileObjects.forSourceString("sample." + name, text);
    }

    private static final class Collector extends AbstractProcessor {

        private final List<Formula> formulas = new ArrayList<>();

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("dev.lossforge.dsl.Loss", "dev.lossforge.dsl.Regularizer");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            SourceTrees trees = SourceTrees.of(processingEnv).orElseThrow();
            Reporter<Position> reporter = new Reporter<>(trees.printer());
            FormulaReader reader = new FormulaReader(processingEnv.getElementUtils(), trees, reporter);
            for (TypeElement annotation : annotations) {
                for (Element method : round.getElementsAnnotatedWith(annotation)) {
                    reader.read((ExecutableElement) method).ifPresent(formulas::add);
                }
            }
            return false;
        }
    }
}
