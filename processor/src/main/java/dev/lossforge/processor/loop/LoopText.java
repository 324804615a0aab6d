package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.OperationNames;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a loop nest as indented text, for dumps and golden files. */
public final class LoopText {

    private final StringBuilder text = new StringBuilder();

    private LoopText() {}

    public static String of(LoopNest nest) {
        LoopText writer = new LoopText();
        nest.equalExtents().forEach(e -> writer.line(0, "require " + join(e, " = ")));
        nest.buffers().forEach(b -> writer.line(0, "buffer " + b.name() + "[" + join(b.extents(), "][") + "]"));
        writer.write(nest.statements(), 0);
        return writer.text.toString();
    }

    public static String of(BatchProgram program) {
        LoopText writer = new LoopText();
        program.equalExtents().forEach(e -> writer.line(0, "require " + join(e, " = ")));
        program.tables().forEach(t -> writer.line(0, "table " + size(t.buffer())));
        for (Step step : program.steps()) {
            String points = step.points().stream()
                    .map(p -> ", " + text(p) + " < " + text(p.extent()))
                    .collect(Collectors.joining());
            writer.line(0, "step " + step.name() + points + (step.ofValue() ? ", of the value" : ""));
            writer.write(step.statements(), 1);
        }
        return writer.text.toString();
    }

    private static String size(Buffer buffer) {
        return buffer.name()
                + buffer.extents().stream().map(e -> "[" + text(e) + "]").collect(Collectors.joining());
    }

    private static String join(List<? extends Expr> nodes, String separator) {
        return nodes.stream().map(LoopText::text).collect(Collectors.joining(separator));
    }

    private static String at(List<Expr> indices) {
        return indices.stream().map(i -> "[" + text(i) + "]").collect(Collectors.joining());
    }

    private static String text(Expr node) {
        return ExprText.of(node);
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }

    private void write(List<Statement> statements, int depth) {
        statements.forEach(s -> write(s, depth));
    }

    private void write(Statement statement, int depth) {
        switch (statement) {
            case Statement.Define d -> line(depth, d.local().name() + " = " + text(d.value()));
            case Statement.Loop l -> {
                String order = switch (l.rounds()) {
                    case INDEPENDENT -> "for each ";
                    case ADDING -> "for any ";
                    case ASCENDING -> "for ";
                    case DESCENDING -> "for descending ";
                };
                line(depth, order + text(l.index()) + " < " + text(l.extent()));
                write(l.body(), depth + 1);
            }
            case Statement.Start s -> line(depth, s.accumulator().name() + " = start " + OperationNames.of(s.op()));
            case Statement.Accumulate a -> line(depth, a.accumulator().name() + " takes " + text(a.value()));
            case Statement.Finish f ->
                line(depth, f.result().name() + " = " + f.accumulator().name());
            case Statement.Running r ->
                line(depth, r.result().name() + " = " + r.accumulator().name() + " so far");
            case Statement.Sort s ->
                line(
                        depth,
                        s.target().buffer().name() + at(s.target().indices()) + " = " + OperationNames.of(s.op())
                                + " of " + s.source().buffer().name()
                                + at(s.source().indices()));
            case Statement.Product p -> product(p, depth);
            case Statement.Keep k -> line(depth, k.buffer().name() + at(k.indices()) + " = " + text(k.value()));
            case Statement.Recall r ->
                line(depth, r.result().name() + " = " + r.buffer().name() + at(r.indices()));
            case Statement.StoreValue v -> line(depth, "value = " + text(v.value()));
            case Statement.StoreDerivative s ->
                line(
                        depth,
                        derivative(s.order(), s.input().name())
                                + at(s.indices())
                                + (s.mode() == Statement.Mode.ADD ? " += " : " = ")
                                + text(s.value()));
            case Statement.Clear c ->
                line(depth, "clear " + derivative(c.order(), c.input().name()));
        }
    }

    private void product(Statement.Product p, int depth) {
        String target = switch (p.target()) {
            case Statement.ToBuffer b -> b.buffer().name();
            case Statement.ToDerivative d -> derivative(d.order(), d.input().name());
        };
        line(
                depth,
                target + at(List.of(p.row(), p.column())) + (p.mode() == Statement.Mode.ADD ? " += " : " = ")
                        + (p.terms() instanceof Statement.LargestDifferences ? "largest" : "product") + " over "
                        + text(p.inner())
                        + " of " + terms(p.terms().map(o -> text(o.matrix()))));
        if (p.finite().isAssumed()) {
            line(
                    depth,
                    "unless finite:" + (p.finite().left() ? " left" : "")
                            + (p.finite().right() ? " right" : ""));
            write(p.otherwise(), depth + 1);
        }
    }

    private static String terms(Statement.Terms<String> terms) {
        return switch (terms) {
            case Statement.Products<String> p -> p.left() + " and " + p.right();
            case Statement.SquaredDifferences<String> d -> "(" + d.left() + " − " + d.right() + ")²";
            case Statement.LargestDifferences<String> d -> "|" + d.left() + " − " + d.right() + "|";
            case Statement.WeightedDifferences<String> d -> d.left() + " and (" + d.minuend() + " − " + d.right() + ")";
        };
    }

    private static String derivative(int order, String input) {
        return (order == 1 ? "gradient." : "hessian.") + input;
    }
}
