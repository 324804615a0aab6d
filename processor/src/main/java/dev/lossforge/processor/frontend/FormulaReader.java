package dev.lossforge.processor.frontend;

import com.sun.source.tree.MethodTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;

/**
 * Reads a formula method: javac trees → {@link Formula}. Locals, branches, calls, arrays and lambdas disappear; scalar
 * expressions with bound indices remain. Anything outside the formula language is reported at its tree, and reading
 * continues to find all errors.
 */
public final class FormulaReader {

    private final Elements elements;
    private final SourceTrees trees;
    private final Reporter<Position> reporter;

    public FormulaReader(Elements elements, SourceTrees trees, Reporter<Position> reporter) {
        this.elements = elements;
        this.trees = trees;
        this.reporter = reporter;
    }

    /** The formula; empty if the method has an error, which is then reported. */
    public Optional<Formula> read(ExecutableElement method) {
        Reading reading = new Reading(trees, reporter);
        MethodSource source = trees.source(method).orElseThrow();
        Frame frame = new Frame(reading, source);
        int errors = reporter.errors();
        Optional<Signature> signature = new SignatureReader(frame, new Markers(elements)).read(method);
        if (signature.isEmpty() || !frame.readable()) {
            return Optional.empty();
        }
        Value value = body(frame, method, signature.get());
        if (value instanceof Scalar(Expr result) && reading.isComplete()) {
            return Optional.of(formula(method, source, signature.get(), reading, result));
        }
        if (reporter.errors() == errors) {
            trees.attribute(source);
            reporter.report(source.at(source.tree()), Message.NOT_JAVA, method.getSimpleName());
        }
        return Optional.empty();
    }

    private static Value body(Frame frame, ExecutableElement method, Signature signature) {
        Reading reading = frame.reading();
        InputArrays arrays = new InputArrays(reading.exprs(), signature);
        Environment parameters = Environment.EMPTY;
        for (Input input : signature.inputs()) {
            VariableElement parameter = method.getParameters().get(input.position());
            Local variable = new Local(parameter.getSimpleName(), Optional.of(parameter.asType()));
            parameters = parameters.with(variable, arrays.value(input));
            reading.describe(variable, arrays.description(input));
        }
        MethodTree tree = (MethodTree) frame.source().tree();
        Environment variables = parameters;
        return reading.call(
                frame.source().at(tree),
                method,
                List.of(),
                () -> new StatementReader(frame, new ExpressionReader(frame))
                        .methodBody(method, tree.getBody(), variables));
    }

    private Formula formula(
            ExecutableElement method, MethodSource source, Signature signature, Reading reading, Expr value) {
        PackageElement home = elements.getPackageOf(method);
        String owner = enclosingClass(method).getQualifiedName().toString();
        String declaringClass = home.isUnnamed()
                ? owner
                : owner.substring(home.getQualifiedName().length() + 1);
        return new Formula(
                signature.kind(),
                home.getQualifiedName().toString(),
                declaringClass,
                method.getSimpleName().toString(),
                signature.className(),
                source.text(),
                signature.scope(),
                signature.inputs(),
                signature.diagonalHessian(),
                reading.exprs(),
                value,
                reading.parts().marked(),
                reading.positions());
    }

    private static TypeElement enclosingClass(ExecutableElement method) {
        return (TypeElement) Objects.requireNonNull(method.getEnclosingElement(), "a method is in a class");
    }
}
