package dev.lossforge.processor;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.frontend.SourceTrees;
import dev.lossforge.processor.frontend.TreePosition;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The names of the classes that this compilation generates: each belongs to one formula, and none to the user. */
final class GeneratedNames {

    private final Elements elements;
    private final SourceTrees trees;
    private final Reporter<Position> reporter;
    private final Map<String, String> claims = new HashMap<>();

    GeneratedNames(Elements elements, SourceTrees trees, Reporter<Position> reporter) {
        this.elements = elements;
        this.trees = trees;
        this.reporter = reporter;
    }

    /** Whether the formula gets the name it asks for; what is in the way is reported. */
    boolean claim(Formula formula, Element method, TreePosition position) {
        String qualified = formula.packageName().isEmpty()
                ? formula.className()
                : formula.packageName() + "." + formula.className();
        String claimant = formula.declaringClass() + "." + formula.methodName();
        String marker = formula.kind() == Formula.Kind.LOSS ? "Loss" : "Regularizer";
        String owner = claims.putIfAbsent(qualified, claimant);
        if (owner != null) {
            reporter.report(position, Message.CLASS_NAME_TAKEN, claimant, formula.className(), owner, marker);
            return false;
        }
        if (isWrittenByUser(qualified, method)) {
            reporter.report(position, Message.CLASS_EXISTS, claimant, formula.className(), marker);
            return false;
        }
        return true;
    }

    /**
     * A class that is only on the class path may be what an earlier build has generated here. Without a module javac
     * would look through all it knows, for each formula.
     */
    private boolean isWrittenByUser(String qualified, Element method) {
        ModuleElement module = elements.getModuleOf(method);
        TypeElement type =
                module == null ? elements.getTypeElement(qualified) : elements.getTypeElement(module, qualified);
        return type != null && trees.declaration(type).isPresent();
    }
}
