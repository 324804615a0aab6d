package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import java.util.List;
import java.util.stream.Collectors;

/** The Javadoc of a generated class: the formula's source and its derivatives as mathematics. */
final class LossJavadoc {
    /** A longer derivative is no reading matter. */
    private static final int LONGEST_TEXT = 1000;

    private LossJavadoc() {}

    static CodeBlock of(Derivatives derivatives) {
        Formula formula = derivatives.formula();
        CodeBlock.Builder doc = CodeBlock.builder();
        doc.add(
                "The $L {@code $L.$L} with its gradient.\n",
                formula.kind() == Formula.Kind.LOSS ? "loss" : "penalty",
                formula.declaringClass(),
                formula.methodName());
        if (!formula.source().isBlank()) {
            doc.add("\n<pre>$L</pre>\n", escaped(formula.source().strip()));
        }
        section(doc, "Gradient", derivatives.gradient());
        section(doc, "Diagonal of the Hessian", derivatives.hessian());
        return doc.build();
    }

    private static void section(CodeBlock.Builder doc, String title, List<Contribution> contributions) {
        if (contributions.isEmpty()) {
            return;
        }
        String text = contributions.stream().map(LossJavadoc::line).collect(Collectors.joining("\n"));
        if (text.length() <= LONGEST_TEXT) {
            doc.add("\n<p>$L, the sum of these:\n<pre>$L</pre>\n", title, escaped(text));
        }
    }

    private static String line(Contribution c) {
        String indices =
                c.indices().stream().map(i -> "[" + ExprText.of(i) + "]").collect(Collectors.joining());
        return "∂" + c.input().name() + indices + " += " + ExprText.of(c.value());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replace("\\u", "\\&#117;");
    }
}
