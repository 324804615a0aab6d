package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies rules from the leaves upwards until none matches. */
final class Rewriter {

    private final Exprs exprs;
    private final List<Rule> rules;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    /**
     * Nodes whose operands are being rewritten. One that is met again is the side of a choice on which an operand is
     * better left as it is: {@code log(x / y)} of {@code log(c ? z : x / y)}.
     */
    private final Set<Expr> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Application> applications = new ArrayList<>();

    Rewriter(Exprs exprs, List<Rule> rules) {
        this.exprs = exprs;
        this.rules = rules;
    }

    /** What was rewritten so far, in order. */
    List<Application> applications() {
        return List.copyOf(applications);
    }

    /** What a node has become; empty if it has not been met. */
    Optional<Expr> result(Expr node) {
        return Optional.ofNullable(done.get(node));
    }

    Expr rewrite(Expr node) {
        Expr known = done.get(node);
        if (known != null) {
            return known;
        }
        if (!open.add(node)) {
            return settle(node, node);
        }
        Expr result = settle(node, Rebuild.with(exprs, node, this::rewrite));
        open.remove(node);
        done.put(node, result);
        done.put(result, result);
        return result;
    }

    private Expr settle(Expr original, Expr node) {
        for (Rule rule : rules) {
            @Nullable Expr better = rule.rewrite().apply(node, exprs);
            if (better != null && better != node) {
                applications.add(new Application(rule, original, better));
                if (Patterns.isSideOf(better, node)) {
                    done.put(node, node); // the side on which it is as good as the other form
                }
                Expr settled = rewrite(better);
                if (rule.ofValue()) {
                    exprs.differentiateAs(settled, node);
                }
                return settled;
            }
        }
        return node;
    }
}
