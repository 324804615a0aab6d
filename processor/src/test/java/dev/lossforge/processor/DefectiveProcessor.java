package dev.lossforge.processor;

import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.frontend.FormulaReader;
import dev.lossforge.processor.frontend.SourceTrees;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The pipeline with a first stage that fails. */
final class DefectiveProcessor extends AbstractProcessor {

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("dev.lossforge.dsl.Loss");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        SourceTrees trees = SourceTrees.of(processingEnv).orElseThrow();
        Reporter<Position> reporter = new Reporter<>(trees.printer());
        Elements elements = (Elements) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Elements.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("a defect");
                });
        FormulaCompiler compiler = new FormulaCompiler(
                new FormulaReader(elements, trees, reporter),
                reporter,
                new GeneratedNames(elements, trees, reporter),
                new StageDump(Optional.empty()),
                false,
                false,
                true);
        for (TypeElement annotation : annotations) {
            for (Element method : round.getElementsAnnotatedWith(annotation)) {
                compiler.compile(
                        (ExecutableElement) method, trees.declaration(method).orElseThrow());
            }
        }
        return false;
    }
}
