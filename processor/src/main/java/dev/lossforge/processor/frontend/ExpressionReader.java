package dev.lossforge.processor.frontend;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.Body;
import dev.lossforge.processor.frontend.Value.DoubleConstant;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.Optional;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads expressions: gives each kind of tree its meaning, or reports why it is not in the formula language. */
final class ExpressionReader {

    private final Frame frame;
    private final NameReader names;
    private final OperatorReader operators;
    private final CallReader calls;
    private final SwitchReader switches;
    private final ArrayReader arrays;
    private final StepReader steps;

    ExpressionReader(Frame frame) {
        this.frame = frame;
        this.names = new NameReader(frame, this);
        this.operators = new OperatorReader(frame, this);
        this.calls = new CallReader(frame, this, names);
        this.switches = new SwitchReader(frame, this);
        this.arrays = new ArrayReader(frame, this);
        this.steps = new StepReader(frame, this);
    }

    Value read(Tree tree, Environment variables) {
        TreePosition at = frame.source().at(tree);
        return frame.reading().keep(at, frame.reading().nested(at, () -> dispatch(tree, variables)));
    }

    /** A condition; true if it could not be read, so that what it guards is still read. */
    Expr condition(Tree tree, Environment variables) {
        return frame.scalar(read(tree, variables), Type.BOOLEAN, tree)
                .orElseGet(() -> frame.exprs().constant(true));
    }

    private Value dispatch(Tree tree, Environment variables) {
        return switch (tree) {
            case LiteralTree t -> literal(t);
            case ParenthesizedTree t -> read(t.getExpression(), variables);
            case IdentifierTree t -> names.identifier(t, variables);
            case MemberSelectTree t -> names.member(t, variables);
            case ArrayAccessTree t -> index(t, variables);
            case UnaryTree t -> operators.unary(t, variables);
            case BinaryTree t -> operators.binary(t, variables);
            case ConditionalExpressionTree t -> conditional(t, variables);
            case TypeCastTree t -> cast(t, variables);
            case MethodInvocationTree t -> calls.call(t, variables);
            case LambdaExpressionTree t -> lambda(t, variables);
            case SwitchExpressionTree t -> switches.read(t, variables);
            case NewArrayTree t when t.getInitializers() != null -> arrays.read(t, variables);
            case AssignmentTree t -> assignment(t, t.getVariable(), variables);
            case CompoundAssignmentTree t -> assignment(t, t.getVariable(), variables);
            case MemberReferenceTree t -> unsupported(t, "method reference", "Write a lambda: i -> ….");
            default -> unsupported(tree, Constructs.name(tree), Constructs.advice(tree));
        };
    }

    private Value unsupported(Tree tree, String what, String advice) {
        return frame.report(tree, Message.EXPRESSION_UNSUPPORTED, what, advice);
    }

    private Value literal(LiteralTree tree) {
        return switch (tree.getValue()) {
            case Integer i -> new Scalar(frame.exprs().constant((int) i));
            case Float f -> frame.values().constant(f);
            case Double d -> new DoubleConstant(d);
            case Boolean b -> new Scalar(frame.exprs().constant((boolean) b));
            case null -> frame.report(tree, Message.TYPE_UNSUPPORTED, "null");
            default -> frame.report(tree, Message.TYPE_UNSUPPORTED, typeName(tree));
        };
    }

    private static String typeName(LiteralTree tree) {
        return switch (tree.getKind()) {
            case LONG_LITERAL -> "long";
            case CHAR_LITERAL -> "char";
            default -> "java.lang.String";
        };
    }

    /** The initial value of a variable of this type; an empty type is inferred. */
    Value initializer(ExpressionTree tree, Optional<TypeMirror> type, Environment variables) {
        return tree instanceof NewArrayTree array && array.getType() == null
                ? arrays.read(array, type.map(Frame::componentType), variables)
                : read(tree, variables);
    }

    private Value index(ArrayAccessTree tree, Environment variables) {
        Value array = read(tree.getExpression(), variables);
        Value index = read(tree.getIndex(), variables);
        return switch (array) {
            case Vector v ->
                frame.scalar(index, tree.getIndex()).map(i -> entry(v, i, tree)).orElseGet(frame.reading()::unreadable);
            case Scalar s -> names.misuse(tree, tree.getExpression(), Message.INDEXED_SCALAR, s, variables);
            case Value.Unreadable u -> u;
            case DoubleConstant c -> frame.reading().unreadable();
            case Body b -> frame.reading().unreadable();
            case Value.Step s -> frame.reading().unreadable();
        };
    }

    private Value entry(Vector vector, Expr index, ArrayAccessTree tree) {
        if (index.type() != Type.INT) {
            return frame.report(tree.getIndex(), Message.INDEX_NOT_INT, MethodSource.brief(tree.getIndex()));
        }
        if (index instanceof Expr.IntConstant c && c.value() < 0) {
            return frame.report(tree.getIndex(), Message.INDEX_NEGATIVE, c.value());
        }
        if (index instanceof Expr.IntConstant i
                && vector.length() instanceof Expr.IntConstant length
                && i.value() >= length.value()) {
            return frame.report(tree.getIndex(), Message.INDEX_BEYOND_LIST, i.value(), length.value());
        }
        return vector.at(index);
    }

    private Value conditional(ConditionalExpressionTree tree, Environment variables) {
        Expr condition = condition(tree.getCondition(), variables);
        Parts parts = frame.reading().parts();
        Value whenTrue = parts.under(condition, true, () -> read(tree.getTrueExpression(), variables));
        Value whenFalse = parts.under(condition, false, () -> read(tree.getFalseExpression(), variables));
        return operators.choose(tree, condition, whenTrue, whenFalse);
    }

    private Value cast(TypeCastTree tree, Environment variables) {
        Value value = read(tree.getExpression(), variables);
        TypeKind target = frame.source()
                .names()
                .type(tree.getType())
                .map(TypeMirror::getKind)
                .orElse(TypeKind.ERROR);
        return switch (target) {
            case FLOAT -> cast(value, Type.FLOAT, tree);
            case INT -> cast(value, Type.INT, tree);
            case BOOLEAN -> cast(value, Type.BOOLEAN, tree);
            case DOUBLE -> operators.widen(tree, value);
            case ERROR -> frame.reading().unreadable();
            default -> frame.report(tree.getType(), Message.TYPE_UNSUPPORTED, MethodSource.brief(tree.getType()));
        };
    }

    private Value cast(Value value, Type type, Tree tree) {
        return value instanceof Vector || value instanceof Body || value instanceof Value.Step
                ? frame.scalar(value, tree).<Value>map(Scalar::new).orElseGet(frame.reading()::unreadable)
                : frame.values().cast(value, type);
    }

    /** A lambda from an int to a float. Its body is read for each index that it is applied to. */
    private Value lambda(LambdaExpressionTree tree, Environment variables) {
        if (tree.getParameters().size() == 2) {
            return steps.read(tree, variables);
        }
        if (tree.getParameters().size() != 1) {
            return unsupported(tree, "lambda of this shape", "Pass a lambda of one index: i -> ….");
        }
        Local parameter = new Local(tree.getParameters().getFirst().getName(), Optional.empty());
        return new Body(frame.reading()
                .here(index -> lambdaResult(tree, variables.with(parameter, new Scalar(index)))));
    }

    /** The result of a lambda's body. */
    Value body(LambdaExpressionTree tree, Environment variables) {
        return switch (tree.getBody()) {
            case ExpressionTree e -> read(e, variables);
            default -> new StatementReader(frame, this).lambdaBody(tree, variables);
        };
    }

    private Value lambdaResult(LambdaExpressionTree tree, Environment variables) {
        return frame.scalar(body(tree, variables), tree.getBody())
                .map(e -> frame.values().convert(new Scalar(e), Type.FLOAT))
                .orElseGet(frame.reading()::unreadable);
    }

    private Value assignment(Tree tree, ExpressionTree variable, Environment variables) {
        return switch (variable) {
            case ArrayAccessTree t -> frame.report(tree, Message.MUTATION_OF_ENTRY);
            default -> names.mutation(tree, variable, variables);
        };
    }
}
