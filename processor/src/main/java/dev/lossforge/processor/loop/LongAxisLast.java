package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Exchanges the axes of tables that have a long axis before a short one, for kernels of which the lanes run along the
 * long axis. Tables that a product or a sort uses as a matrix stay.
 */
public final class LongAxisLast {
    private final Predicate<Expr> isShort;
    private final Set<String> fixed = new HashSet<>();

    private LongAxisLast(Predicate<Expr> isShort) {
        this.isShort = isShort;
    }

    /**
     * Exchanges the axes of tables whose first axis alone is long.
     *
     * @param isShort which extents are short
     */
    public static List<Statement> of(List<Statement> statements, Predicate<Expr> isShort) {
        LongAxisLast exchange = new LongAxisLast(isShort);
        Statements.forEach(statements, exchange::collect);
        return exchange.statements(statements);
    }

    private void collect(Statement statement) {
        if (statement instanceof Statement.Product p) {
            p.terms().entries().forEach(o -> o.source().ifPresent(b -> fixed.add(b.name())));
            if (p.target() instanceof Statement.ToBuffer target) {
                fixed.add(target.buffer().name());
            }
        } else if (statement instanceof Statement.Sort s) {
            fixed.add(s.target().buffer().name());
            fixed.add(s.source().buffer().name());
        }
    }

    private List<Statement> statements(List<Statement> statements) {
        return statements.stream().map(this::statement).toList();
    }

    private Statement statement(Statement statement) {
        return switch (statement) {
            case Statement.Loop l -> new Statement.Loop(l.index(), l.extent(), statements(l.body()), l.rounds());
            case Statement.Keep k
            when isExchanged(k.buffer()) ->
                new Statement.Keep(exchanged(k.buffer()), k.indices().reversed(), k.value());
            case Statement.Recall r
            when isExchanged(r.buffer()) ->
                new Statement.Recall(
                        r.result(), exchanged(r.buffer()), r.indices().reversed());
            case Statement.Product p -> p.withOtherwise(statements(p.otherwise()));
            default -> statement;
        };
    }

    private boolean isExchanged(Buffer buffer) {
        return buffer.extents().size() == 2
                && !isShort.test(buffer.extents().getFirst())
                && isShort.test(buffer.extents().getLast())
                && !fixed.contains(buffer.name());
    }

    private static Buffer exchanged(Buffer buffer) {
        return new Buffer(buffer.name(), buffer.type(), buffer.extents().reversed());
    }
}
