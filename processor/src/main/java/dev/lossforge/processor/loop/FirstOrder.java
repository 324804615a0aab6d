package dev.lossforge.processor.loop;

import java.util.List;

/** The part of a kernel that value and gradient need, for callers who want no Hessian: training never does. */
public final class FirstOrder {
    private FirstOrder() {}

    /** The statements without second derivatives, and without what only those needed. */
    public static List<Statement> of(List<Statement> statements) {
        return Unused.upTo(1, statements);
    }
}
