package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The locals that outlive the straight-line statements that define them, and so need their own memory. */
public final class LaneLocals {
    private final Map<String, Integer> definedIn = new HashMap<>();
    private final Set<String> shared = new HashSet<>();
    private int line;

    public LaneLocals(List<Statement> statements) {
        visit(statements);
    }

    public boolean isShared(Expr.Local local) {
        return shared.contains(local.name());
    }

    private void visit(List<Statement> statements) {
        for (Statement statement : statements) {
            Statements.expressions(statement).forEach(this::use);
            switch (statement) {
                case Statement.Loop l -> {
                    line++;
                    visit(l.body());
                    line++;
                }
                case Statement.Define d -> definedIn.put(d.local().name(), line);
                case Statement.Recall r -> definedIn.put(r.result().name(), line);
                case Statement.Running r -> definedIn.put(r.result().name(), line);
                case Statement.Start s -> {}
                case Statement.Accumulate a -> {}
                case Statement.Finish f -> {}
                case Statement.Keep k -> {}
                case Statement.Sort s -> {}
                case Statement.Product p -> visit(p.otherwise());
                case Statement.StoreValue v -> {}
                case Statement.StoreDerivative s -> {}
                case Statement.Clear c -> {}
            }
        }
    }

    private void use(Expr root) {
        Statements.contains(root, node -> {
            if (node instanceof Expr.Local l && definedIn.getOrDefault(l.name(), line) != line) {
                shared.add(l.name());
            }
            return false;
        });
    }
}
