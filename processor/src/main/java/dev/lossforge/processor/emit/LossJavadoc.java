package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Substitution;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        section(doc, "Gradient", derivatives.gradient(), formula.exprs());
        section(doc, "Diagonal of the Hessian", derivatives.hessian(), formula.exprs());
        return doc.build();
    }

    private static void section(CodeBlock.Builder doc, String title, List<Contribution> contributions, Exprs exprs) {
        if (contributions.isEmpty() || contributions.stream().anyMatch(c -> ExprText.isTooLong(c.value()))) {
            return;
        }
        String text = contributions.stream()
                .map(c -> line(renamed(c, exprs), isOnly(c, contributions)))
                .collect(Collectors.joining("\n"));
        if (text.length() <= LONGEST_TEXT) {
            doc.add("\n<p>$L:\n<pre>$L</pre>\n", title, escaped(text));
        }
    }

    private static boolean isOnly(Contribution c, List<Contribution> contributions) {
        return contributions.stream().filter(o -> o.input().equals(c.input())).count() == 1;
    }

    /** The contribution with indices of its own, named apart from those that reductions inside it bind. */
    private static Contribution renamed(Contribution c, Exprs exprs) {
        Expr entry = exprs.load(c.input(), c.indices());
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(entry));
        open.addAll(exprs.freeIndices(c.value()));
        Map<Expr.Index, Expr.Index> names = new IdentityHashMap<>();
        for (Expr.Index index : open) {
            names.put(index, exprs.index(exprs.height(c.value()) + 1 + names.size(), index.extent()));
        }
        Substitution renaming = new Substitution(exprs, names);
        return new Contribution(
                c.input(), c.indices().stream().map(renaming::apply).toList(), renaming.apply(c.value()));
    }

    private static String line(Contribution c, boolean only) {
        String indices =
                c.indices().stream().map(i -> "[" + ExprText.of(i) + "]").collect(Collectors.joining());
        return "∂" + c.input().name() + indices + (only ? " = " : " += ") + ExprText.of(c.value());
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
