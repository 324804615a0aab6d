package dev.lossforge.processor.frontend;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.SourceMap;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.lang.model.element.Element;

/** The state of reading one formula: its expressions, their positions, and the current call stack. */
final class Reading {

    /**
     * Approximately what javac accepts in one method, because a kernel is one method. A short source of exponential
     * meaning exceeds this limit; the rest of it is not read.
     */
    private static final int MAX_NODES = 4000;

    private final SourceTrees trees;
    private final Reporter<Position> reporter;
    private final Exprs exprs = new Exprs();
    private final SourceMap positions = new SourceMap();
    private final Parts parts = new Parts();
    private final Values values = new Values(this);
    private final Vocabulary vocabulary = new Vocabulary(values);
    private final Map<List<Object>, Value> results = new HashMap<>();
    private final Overloads overloads;
    private final Map<Local, String> descriptions = new HashMap<>();
    private List<Element> calls = List.of();
    private int nesting;
    private boolean complete = true;
    private boolean exhausted;
    private boolean importMissing;

    Reading(SourceTrees trees, Reporter<Position> reporter) {
        this.trees = trees;
        this.overloads = trees.overloads();
        this.reporter = reporter;
    }

    SourceTrees trees() {
        return trees;
    }

    Exprs exprs() {
        return exprs;
    }

    SourceMap positions() {
        return positions;
    }

    Parts parts() {
        return parts;
    }

    Values values() {
        return values;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Overloads overloads() {
        return overloads;
    }

    /** Stores the description of a parameter for messages, such as "one int per sample". */
    void describe(Local parameter, String description) {
        descriptions.put(parameter, description);
    }

    Optional<String> describe(Local variable) {
        return Optional.ofNullable(descriptions.get(variable));
    }

    /** Whether everything so far could be read. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the formula has become too large, so that reading stops. */
    boolean isExhausted() {
        return exhausted;
    }

    /** The number of errors so far, in all formulas. */
    int errors() {
        return reporter.errors();
    }

    /** Reports that a function's import is missing, once for a formula. */
    Value importMissing(TreePosition at, String name) {
        boolean first = !importMissing;
        importMissing = true;
        return first ? report(at, Message.IMPORT_MISSING, name) : unreadable();
    }

    /** Records that an expression cannot be read, because of an error that is reported here or by javac. */
    Value unreadable() {
        complete = false;
        return new Value.Unreadable();
    }

    Value report(TreePosition at, Message message, Object... arguments) {
        reporter.report(at, message, arguments);
        return unreadable();
    }

    Value suggest(TreePosition at, Optional<String> suggestion, Message message, Object... arguments) {
        reporter.suggest(at, suggestion, message, arguments);
        return unreadable();
    }

    void warn(TreePosition at, Message message, Object... arguments) {
        reporter.report(at, message, arguments);
    }

    /** Stores the position of a value, and refuses a value that is nested too deeply for later stages. */
    Value keep(TreePosition at, Value value) {
        if (!(value instanceof Value.Scalar(Expr expr))) {
            return value;
        }
        if (exprs.depth(expr) > NestingDepth.LIMIT) {
            return tooDeep(at);
        }
        positions.add(expr, at);
        return value;
    }

    /** Reads something one level deeper. */
    Value nested(TreePosition at, Supplier<Value> reader) {
        if (exhausted) {
            return unreadable();
        }
        if (exprs.size() > MAX_NODES) {
            exhausted = true;
            return report(at, Message.TOO_LARGE, MAX_NODES);
        }
        if (nesting >= NestingDepth.LIMIT) {
            return tooDeep(at);
        }
        nesting++;
        try {
            return reader.get();
        } finally {
            nesting--;
        }
    }

    Value tooDeep(TreePosition at) {
        return report(at, Message.NESTED_TOO_DEEPLY, NestingDepth.LIMIT);
    }

    /**
     * Reads a helper or a constant once for each list of arguments. A call of a method that is being read is recursion.
     * A helper that marks parts is read for each call, because every call marks them again.
     */
    Value call(TreePosition at, Element callee, List<Value> arguments, Supplier<Value> reader) {
        if (calls.contains(callee)) {
            return report(at, Message.RECURSION, chain(callee));
        }
        List<Object> key = key(callee, arguments);
        Value known = results.get(key);
        if (known == null) {
            List<Element> deeper = new ArrayList<>(calls);
            deeper.add(callee);
            int marked = parts.marked().size();
            known = within(deeper, () -> nested(at, reader));
            if (parts.marked().size() == marked) {
                results.put(key, known);
            }
        }
        return known;
    }

    /**
     * The lambda, with its body read in the call stack where it is written, not where it is applied. A helper may
     * receive a lambda that calls the same helper.
     */
    Function<Expr, Value> here(Function<Expr, Value> lambda) {
        List<Element> written = calls;
        return index -> within(written, () -> parts.inLambda(() -> lambda.apply(index)));
    }

    /** The same for a lambda of an index and a value. */
    BiFunction<Expr, Value, Value> here(BiFunction<Expr, Value, Value> lambda) {
        List<Element> written = calls;
        return (index, value) -> within(written, () -> parts.inLambda(() -> lambda.apply(index, value)));
    }

    private Value within(List<Element> open, Supplier<Value> reader) {
        List<Element> outer = calls;
        calls = open;
        try {
            return reader.get();
        } finally {
            calls = outer;
        }
    }

    /** The key of a call: arrays and lambdas by identity, and scalars by their number in the formula. */
    private List<Object> key(Element callee, List<Value> arguments) {
        List<Object> key = new ArrayList<>();
        key.add(callee);
        arguments.forEach(a -> key.add(a instanceof Value.Scalar(Expr expr) ? exprs.order(expr) : a));
        return key;
    }

    private String chain(Element callee) {
        StringBuilder chain = new StringBuilder();
        boolean inside = false;
        for (Element next : calls) {
            inside |= next.equals(callee);
            chain.append(inside ? next.getSimpleName() + " → " : "");
        }
        return chain.append(callee.getSimpleName()).toString();
    }
}
