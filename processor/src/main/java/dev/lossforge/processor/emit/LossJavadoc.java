package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.DerivativeText;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import java.util.List;

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
        section(doc, "Gradient", derivatives.gradient(), formula.exprs());
        section(doc, "Diagonal of the Hessian", derivatives.hessian(), formula.exprs());
        return doc.build();
    }

    private static void section(CodeBlock.Builder doc, String title, List<Contribution> contributions, Exprs exprs) {
        String text = String.join("\n", DerivativeText.lines(contributions, exprs));
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
