package dev.lossforge.processor;

import com.google.auto.service.AutoService;
import dev.lossforge.processor.describe.FormulaDescription;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.emit.GeneratedSource;
import dev.lossforge.processor.frontend.FormulaReader;
import dev.lossforge.processor.frontend.MisplacedAnnotations;
import dev.lossforge.processor.frontend.SourceTrees;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Compiles every {@code @Loss} and {@code @Regularizer} method of a compilation.
 *
 * <p>Options, each as {@code -Aname=value}:
 *
 * <ul>
 *   <li>{@code lossforge.dump=DIR} writes the result of each stage for each formula as text.
 *   <li>{@code lossforge.explain} reports each stability rewrite, and each exponential that can overflow, as a note at
 *       the expression.
 *   <li>{@code lossforge.backends=jvm,tornadovm} lists the backends to generate kernels for. Those for the JVM are
 *       always generated; those for TornadoVM by default when its runtime module and TornadoVM's API are on the class
 *       path.
 * </ul>
 *
 * <p>It does not declare itself incremental to Gradle, which then recompiles everything: Gradle hides javac's trees
 * from incremental processors, and a helper method that is inlined here may have changed in another file.
 */
@AutoService(Processor.class)
public final class LossforgeProcessor extends AbstractProcessor {

    private static final String DUMP = "lossforge.dump";
    private static final String EXPLAIN = "lossforge.explain";
    private static final String BACKENDS = "lossforge.backends";
    /** The types that kernels for TornadoVM are compiled against: from the runtime module and from TornadoVM's API. */
    private static final List<String> DEVICE_TYPES = List.of(
            "dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels",
            "uk.ac.manchester.tornado.api.KernelContext");

    private static final Set<String> MARKERS = Set.of("dev.lossforge.dsl.Loss", "dev.lossforge.dsl.Regularizer");

    /** Claims every annotation type, because javac does not report annotations on methods of local classes. */
    private static final Set<String> SUPPORTED = Set.of("*");

    private final Optional<VectorCompilation> vectors = VectorCompilation.ofThisJvm();
    private Optional<SourceTrees> trees = Optional.empty();
    private Optional<MisplacedAnnotations> misplaced = Optional.empty();
    private @Nullable FormulaCompiler compiler;
    private @Nullable DescriptionFiles descriptions;
    private @Nullable Element lastMethod;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return SUPPORTED;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(DUMP, EXPLAIN, BACKENDS);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        trees = SourceTrees.of(environment);
        compiler = trees.map(this::compiler).orElse(null);
        descriptions = new DescriptionFiles(environment.getFiler());
    }

    private FormulaCompiler compiler(SourceTrees sources) {
        Reporter<Position> ofFormulas = new Reporter<>(sources.printer());
        misplaced = Optional.of(new MisplacedAnnotations(sources, ofFormulas));
        return new FormulaCompiler(
                new FormulaReader(processingEnv.getElementUtils(), sources, ofFormulas),
                ofFormulas,
                new GeneratedNames(processingEnv.getElementUtils(), sources, ofFormulas),
                new StageDump(Optional.ofNullable(processingEnv.getOptions().get(DUMP))
                        .map(Path::of)),
                processingEnv.getOptions().containsKey(EXPLAIN),
                isForDevices(),
                vectors.isPresent());
    }

    /** Whether kernels for TornadoVM are requested or, without a request, can be compiled here. */
    private boolean isForDevices() {
        String backends = processingEnv.getOptions().get(BACKENDS);
        return backends == null
                ? DEVICE_TYPES.stream()
                        .allMatch(type -> processingEnv.getElementUtils().getTypeElement(type) != null)
                : List.of(backends.split("\\s*,\\s*")).contains("tornadovm");
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<Element> methods = new LinkedHashSet<>();
        annotations.stream()
                .filter(a -> MARKERS.contains(a.getQualifiedName().toString()))
                .forEach(a -> methods.addAll(round.getElementsAnnotatedWith(a)));
        if (round.processingOver() && lastMethod != null) {
            writeIndex(lastMethod);
        }
        if (compiler == null) {
            methods.stream().findFirst().ifPresent(this::refuseCompiler);
        } else {
            Map<GeneratedSource, Element> vectorLoops = new LinkedHashMap<>();
            methods.forEach(m -> compile((ExecutableElement) m, compiler, vectorLoops));
            compileVectors(vectorLoops);
            misplaced.ifPresent(m -> m.report(round.getRootElements()));
        }
        return false;
    }

    /**
     * Compiles all vector loops of a round at once, because starting a compiler takes longer than the compilation
     * itself. It does so after an error, too: a compiler that goes on, as Error Prone asks of javac, would report every
     * use of a class that is missing.
     */
    private void compileVectors(Map<GeneratedSource, Element> vectorLoops) {
        if (vectorLoops.isEmpty()) {
            return;
        }
        Element first = vectorLoops.values().iterator().next();
        Map<String, Element> origins = new HashMap<>();
        vectorLoops.forEach((file, method) -> origins.put(file.className(), method));
        try {
            for (Map.Entry<String, byte[]> compiled : vectors.orElseThrow()
                    .compile(List.copyOf(vectorLoops.keySet()))
                    .entrySet()) {
                Element origin = origins.getOrDefault(compiled.getKey(), first);
                try (OutputStream out = processingEnv
                        .getFiler()
                        .createClassFile(compiled.getKey(), origin)
                        .openOutputStream()) {
                    out.write(compiled.getValue());
                }
            }
        } catch (IOException e) {
            refuseOutput(vectorLoops.keySet().iterator().next().className(), e, first);
        } catch (IllegalStateException e) {
            new Reporter<>(new ElementPrinter(processingEnv.getMessager()))
                    .report(
                            first,
                            Message.STAGE_FAILED,
                            "compile vectors",
                            first.getSimpleName(),
                            String.valueOf(e.getMessage()));
        }
    }

    private void compile(
            ExecutableElement method, FormulaCompiler formulas, Map<GeneratedSource, Element> vectorLoops) {
        trees.flatMap(t -> t.declaration(method))
                .flatMap(position -> formulas.compile(method, position))
                .ifPresent(loss -> {
                    loss.files().forEach(file -> write(file, method));
                    loss.vectorLoops().ifPresent(file -> vectorLoops.put(file, method));
                    describe(loss.description(), method);
                    lastMethod = method;
                });
    }

    private void describe(FormulaDescription description, Element method) {
        try {
            Objects.requireNonNull(descriptions)
                    .write(description, processingEnv.getElementUtils().getDocComment(method), method);
        } catch (IOException e) {
            refuseOutput(description.resource(), e, method);
        }
    }

    private void writeIndex(Element method) {
        try {
            Objects.requireNonNull(descriptions).writeIndex();
        } catch (IOException e) {
            refuseOutput(DescriptionFiles.INDEX, e, method);
        }
    }

    private void write(GeneratedSource file, Element method) {
        try {
            file.writeTo(processingEnv.getFiler());
        } catch (IOException e) {
            refuseOutput(file.className(), e, method);
        }
    }

    private void refuseOutput(String name, IOException e, Element method) {
        new Reporter<>(new ElementPrinter(processingEnv.getMessager()))
                .report(method, Message.CLASS_NOT_WRITTEN, name, String.valueOf(e.getMessage()));
    }

    /** Without trees there is no position inside the method, so the message is reported at the first formula method. */
    private void refuseCompiler(Element method) {
        new Reporter<>(new ElementPrinter(processingEnv.getMessager()))
                .report(
                        method,
                        Message.COMPILER_WITHOUT_TREES,
                        processingEnv.getClass().getName());
    }
}
