package dev.lossforge.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Our processor in circumstances that no source file can bring about. */
class WrappedProcessor extends AbstractProcessor {

    private final LossforgeProcessor processor = new LossforgeProcessor();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        processor.init(wrapped(environment));
    }

    ProcessingEnvironment wrapped(ProcessingEnvironment environment) {
        return environment;
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        processor.process(annotations, round);
        return false;
    }

    /** As a compiler runs it whose environment is not javac's. */
    static WrappedProcessor withoutTrees() {
        return new WrappedProcessor() {
            @Override
            ProcessingEnvironment wrapped(ProcessingEnvironment environment) {
                return (ProcessingEnvironment) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ProcessingEnvironment.class},
                        (proxy, method, arguments) -> method.invoke(environment, arguments));
            }
        };
    }

    /** Beside another processor that makes {@code sample.SquaredLoss} first. */
    static WrappedProcessor withRival() {
        return new WrappedProcessor() {
            @Override
            public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
                if (!annotations.isEmpty() && !round.processingOver()) {
                    write("package sample; final class SquaredLoss {}");
                }
                super.process(annotations, round);
                return false;
            }

            private void write(String source) {
                try (Writer writer = processingEnv
                        .getFiler()
                        .createSourceFile("sample.SquaredLoss")
                        .openWriter()) {
                    writer.write(source);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
