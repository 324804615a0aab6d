package dev.lossforge.processor.loop;

import java.util.List;

/** The part of a kernel that value and gradient need, for callers that need no Hessian. Training never needs it. */
public final class FirstOrder {
    private FirstOrder() {}

    /** The statements without second derivatives, and without everything that only these needed. */
    public static List<Statement> of(List<Statement> statements) {
        return Unused.upTo(1, statements);
    }
}
