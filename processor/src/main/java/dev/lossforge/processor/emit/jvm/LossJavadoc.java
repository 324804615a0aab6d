package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.DerivativeText;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.PartNest;
import java.util.List;

/** The Javadoc of a generated class: the formula's source and its derivatives as mathematics. */
final class LossJavadoc {
    /** A longer derivative is no reading matter. */
    private static final int LONGEST_TEXT = 1000;

    private LossJavadoc() {}

    static CodeBlock of(Derivatives derivatives, List<PartNest> parts) {
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
        section(doc, "Parts", parts.stream().map(LossJavadoc::line).toList());
        section(doc, "Gradient", DerivativeText.lines(derivatives.gradient(), formula.exprs()));
        section(doc, "Diagonal of the Hessian", DerivativeText.lines(derivatives.hessian(), formula.exprs()));
        return doc.build();
    }

    private static String line(PartNest part) {
        String stable = ExprText.brief(part.stable());
        return stable.isEmpty() ? part.name() : part.name() + " = " + stable;
    }

    private static void section(CodeBlock.Builder doc, String title, List<String> lines) {
        String text = String.join("\n", lines);
        if (!text.isEmpty() && text.length() <= LONGEST_TEXT) {
            doc.add("\n<p>$L:\n<pre>$L</pre>\n", title, escaped(text));
        }
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
