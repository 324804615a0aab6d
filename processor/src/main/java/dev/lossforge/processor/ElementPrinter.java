package dev.lossforge.processor;

import dev.lossforge.processor.diagnostic.Printer;
import dev.lossforge.processor.diagnostic.Severity;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Prints messages at declarations, which is all that the processing API itself supports. */
record ElementPrinter(Messager messager) implements Printer<Element> {

    @Override
    public void print(Severity severity, String text, Element position) {
        Diagnostic.Kind kind = switch (severity) {
            case ERROR -> Diagnostic.Kind.ERROR;
            case WARNING -> Diagnostic.Kind.WARNING;
            case NOTE -> Diagnostic.Kind.NOTE;
        };
        messager.printMessage(kind, text, position);
    }

    @Override
    public boolean isSuppressed(String id, Element position) {
        return false;
    }
}
