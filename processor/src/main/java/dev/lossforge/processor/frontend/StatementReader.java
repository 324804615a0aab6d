package dev.lossforge.processor.frontend;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Outcome.Exit;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Part.Guard;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/** Reads statements. Control flow becomes a choice between values: an early return is one side of a select. */
final class StatementReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    StatementReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    /** The value that a method returns. */
    Value methodBody(ExecutableElement method, BlockTree body, Environment parameters) {
        BiFunction<Value, Tree, Value> conversion = (v, at) -> frame.convert(v, method.getReturnType(), at);
        return result(body, body, parameters, conversion, method.getSimpleName().toString());
    }

    /** The value that a lambda with a block body returns. */
    Value lambdaBody(LambdaExpressionTree lambda, Environment variables) {
        boolean ofScan = lambda.getParameters().size() == 2; // whose state may be a vector
        BiFunction<Value, Tree, Value> conversion = (v, at) -> ofScan
                ? v
                : frame.scalar(v, at)
                        .map(e -> frame.values().convert(new Scalar(e), Type.FLOAT))
                        .orElseGet(frame.reading()::unreadable);
        return lambda.getBody() instanceof BlockTree block
                ? result(lambda, block, variables, conversion, "This lambda")
                : frame.reading().unreadable();
    }

    /** The value that the block of a case yields. */
    Value switchBody(BlockTree block, Environment variables) {
        return result(block, block, variables, (v, at) -> v, "This case");
    }

    private Value result(
            Tree at, BlockTree body, Environment variables, BiFunction<Value, Tree, Value> conversion, String name) {
        int errors = frame.reading().errors();
        Outcome outcome = new Flow(conversion).sequence(body.getStatements(), variables);
        if (outcome.end().isEmpty()) {
            return first(outcome.exits());
        }
        // What could not be read may have been the return.
        return frame.reading().errors() > errors
                ? frame.reading().unreadable()
                : frame.report(at, Message.RETURN_MISSING, name);
    }

    /** The value of the first exit whose condition holds, or of the last exit if no other condition holds. */
    private Value first(List<Exit> exits) {
        Value value = exits.getLast().value();
        for (Exit exit : exits.subList(0, exits.size() - 1).reversed()) {
            value = frame.values().select(exit.condition(), exit.value(), value);
        }
        return value;
    }

    /** The flow of control through one method or lambda. */
    private final class Flow {

        private final BiFunction<Value, Tree, Value> conversion;

        Flow(BiFunction<Value, Tree, Value> conversion) {
            this.conversion = conversion;
        }

        Outcome sequence(List<? extends StatementTree> statements, Environment start) {
            List<Exit> exits = new ArrayList<>();
            Optional<Environment> end = Optional.of(start);
            for (StatementTree statement : statements) {
                if (end.isEmpty()) {
                    frame.report(statement, Message.STATEMENT_UNREACHABLE);
                    break;
                }
                if (frame.reading().isExhausted()) {
                    return always(frame.reading().unreadable());
                }
                Environment here = end.get();
                Outcome outcome = frame.reading().parts().under(notLeft(exits), () -> statement(statement, here));
                exits.addAll(outcome.exits());
                end = outcome.end();
            }
            return new Outcome(exits, end);
        }

        /** The conditions that hold if control has taken none of some exits. */
        private static List<Guard> notLeft(List<Exit> exits) {
            return exits.stream().map(e -> new Guard(e.condition(), false)).toList();
        }

        private Outcome statement(StatementTree tree, Environment variables) {
            return switch (tree) {
                case ReturnTree t -> leave(t.getExpression(), variables);
                case YieldTree t -> leave(t.getValue(), variables);
                case VariableTree t -> Outcome.continuing(declare(t, variables));
                case IfTree t -> choose(t, variables);
                case BlockTree t -> nested(t, variables);
                case ExpressionStatementTree t -> Outcome.continuing(evaluate(t, variables));
                case EmptyStatementTree t -> Outcome.continuing(variables);
                default -> unsupported(tree, variables);
            };
        }

        private Outcome unsupported(StatementTree tree, Environment variables) {
            frame.report(tree, Message.STATEMENT_UNSUPPORTED, Constructs.name(tree), Constructs.advice(tree));
            return tree instanceof ThrowTree ? always(frame.reading().unreadable()) : Outcome.continuing(variables);
        }

        private Outcome leave(@Nullable ExpressionTree expression, Environment variables) {
            return always(
                    expression == null
                            ? frame.reading().unreadable()
                            : conversion.apply(expressions.read(expression, variables), expression));
        }

        private Outcome always(Value value) {
            return new Outcome(List.of(new Exit(frame.exprs().constant(true), value)), Optional.empty());
        }

        /** A block; its declarations end with it. */
        private Outcome nested(BlockTree tree, Environment variables) {
            Outcome outcome = sequence(tree.getStatements(), variables);
            return new Outcome(outcome.exits(), outcome.end().map(end -> end.outside(variables)));
        }

        private Environment declare(VariableTree tree, Environment variables) {
            boolean inferred = tree.getType() == null;
            Local variable = new Local(
                    tree.getName(),
                    inferred ? Optional.empty() : frame.source().names().type(tree.getType()));
            ExpressionTree initializer = tree.getInitializer();
            if (initializer == null) {
                return variables.with(variable);
            }
            return inferred ? infer(variable, initializer, variables) : give(variable, initializer, variables);
        }

        /** The only statement with an effect is the assignment that gives a declared local its one value. */
        private Environment evaluate(ExpressionStatementTree tree, Environment variables) {
            if (tree.getExpression() instanceof AssignmentTree t) {
                Optional<Local> variable = unassigned(t, variables);
                if (variable.isPresent()) {
                    return give(variable.get(), t.getExpression(), variables);
                }
            }
            boolean changes = switch (tree.getExpression()) {
                case AssignmentTree t -> true;
                case CompoundAssignmentTree t -> true;
                case UnaryTree t -> true;
                default -> false;
            };
            Value value = expressions.read(tree.getExpression(), variables);
            if (!changes && !(value instanceof Value.Unreadable)) {
                frame.report(tree, Message.STATEMENT_WITHOUT_EFFECT);
            }
            return variables;
        }

        /** A local of type {@code var}. */
        private Environment infer(Local variable, ExpressionTree expression, Environment variables) {
            Value value = expressions.read(expression, variables);
            return variables.with(
                    variable,
                    value instanceof Value.DoubleConstant
                            ? frame.report(expression, Message.DOUBLE_ARITHMETIC)
                            : value);
        }

        private Environment give(Local variable, ExpressionTree expression, Environment variables) {
            Value value = expressions.initializer(expression, variable.type(), variables);
            return variables.with(variable, frame.convert(value, variable.type().orElse(null), expression));
        }

        /** The local that an assignment gives its first value. */
        private Optional<Local> unassigned(AssignmentTree tree, Environment variables) {
            return tree.getVariable() instanceof IdentifierTree t
                    ? variables.variable(t.getName()).filter(v -> !variables.has(v))
                    : Optional.empty();
        }

        private Outcome choose(IfTree tree, Environment variables) {
            Expr condition = expressions.condition(tree.getCondition(), variables);
            Parts parts = frame.reading().parts();
            Outcome then = parts.under(condition, true, () -> statement(tree.getThenStatement(), variables));
            StatementTree elseTree = tree.getElseStatement();
            Outcome otherwise = elseTree == null
                    ? Outcome.continuing(variables)
                    : parts.under(condition, false, () -> statement(elseTree, variables));
            if (then.end().isEmpty() && otherwise.end().isEmpty()) {
                return always(frame.reading()
                        .keep(
                                frame.source().at(tree),
                                frame.values().select(condition, first(then.exits()), first(otherwise.exits()))));
            }
            List<Exit> exits = new ArrayList<>(guarded(condition, then));
            exits.addAll(guarded(frame.values().not(condition), otherwise));
            return new Outcome(exits, join(condition, then.end(), otherwise.end()));
        }

        private List<Exit> guarded(Expr condition, Outcome outcome) {
            if (outcome.end().isEmpty()) {
                return List.of(new Exit(condition, first(outcome.exits())));
            }
            return outcome.exits().stream()
                    .map(e -> new Exit(frame.values().and(condition, e.condition()), e.value()))
                    .toList();
        }

        /** The variables after both branches; a variable that only one of them has assigned is unassigned. */
        private Optional<Environment> join(
                Expr condition, Optional<Environment> then, Optional<Environment> otherwise) {
            if (then.isEmpty() || otherwise.isEmpty()) {
                return then.or(() -> otherwise);
            }
            return Optional.of(
                    then.get().join(otherwise.get(), (a, b) -> frame.values().select(condition, a, b)));
        }
    }
}
