package dev.lossforge.processor.frontend;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.DoubleConstant;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;

/** Reads Java's operators. */
final class OperatorReader {

    private final Frame frame;
    private final ExpressionReader expressions;

    OperatorReader(Frame frame, ExpressionReader expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    Value unary(UnaryTree tree, Environment variables) {
        return switch (tree.getKind()) {
            case UNARY_MINUS -> number(tree, variables, true);
            case UNARY_PLUS -> number(tree, variables, false);
            case LOGICAL_COMPLEMENT ->
                new Scalar(frame.values().not(expressions.condition(tree.getExpression(), variables)));
            case BITWISE_COMPLEMENT -> unsupported(tree);
            default -> frame.report(tree, Message.MUTATION_OF_LOCAL, MethodSource.brief(tree.getExpression()));
        };
    }

    private Value number(UnaryTree tree, Environment variables, boolean negated) {
        Value operand = expressions.read(tree.getExpression(), variables);
        if (operand instanceof DoubleConstant c) {
            return new DoubleConstant(negated ? -c.value() : c.value());
        }
        Optional<Expr> expr = frame.scalar(operand, tree.getExpression());
        if (expr.isEmpty() || expr.get().type() == Type.BOOLEAN) {
            return frame.reading().unreadable();
        }
        return negated ? frame.values().negate(expr.get()) : operand;
    }

    Value binary(BinaryTree tree, Environment variables) {
        return switch (tree.getKind()) {
            case CONDITIONAL_AND -> logical(tree, variables, true, frame.values()::and);
            case CONDITIONAL_OR -> logical(tree, variables, false, this::or);
            case AND, OR, XOR -> eager(tree, variables);
            default ->
                numeric(
                        tree,
                        expressions.read(tree.getLeftOperand(), variables),
                        expressions.read(tree.getRightOperand(), variables));
        };
    }

    private Expr or(Expr left, Expr right) {
        return frame.exprs().binary(BinaryOp.OR, left, right);
    }

    private Expr different(Expr left, Expr right) {
        return frame.exprs().select(left, frame.values().not(right), right);
    }

    /** An operator whose right side matters only if the left side is {@code goesOn}. */
    private Value logical(BinaryTree tree, Environment variables, boolean goesOn, BinaryOperator<Expr> operator) {
        Expr left = expressions.condition(tree.getLeftOperand(), variables);
        Expr right = frame.reading()
                .parts()
                .under(left, goesOn, () -> expressions.condition(tree.getRightOperand(), variables));
        return new Scalar(operator.apply(left, right));
    }

    /** {@code & | ^} on booleans; a formula has no side effects, so evaluating both sides makes no difference. */
    private Value eager(BinaryTree tree, Environment variables) {
        Value left = expressions.read(tree.getLeftOperand(), variables);
        Value right = expressions.read(tree.getRightOperand(), variables);
        if (!(left instanceof Scalar(Expr a)) || !(right instanceof Scalar(Expr b))) {
            return left instanceof Vector || right instanceof Vector
                    ? frame.report(tree, Message.VECTOR_ARITHMETIC)
                    : frame.reading().unreadable();
        }
        if (a.type() != Type.BOOLEAN || b.type() != Type.BOOLEAN) {
            return unsupported(tree);
        }
        return new Scalar(
                switch (tree.getKind()) {
                    case AND -> frame.values().and(a, b);
                    case OR -> or(a, b);
                    default -> different(a, b);
                });
    }

    private Value numeric(BinaryTree tree, Value left, Value right) {
        if (left instanceof DoubleConstant || right instanceof DoubleConstant) {
            return withDouble(tree, left, right);
        }
        if (left instanceof Vector || right instanceof Vector) {
            return frame.report(tree, Message.VECTOR_ARITHMETIC);
        }
        Optional<Expr> a = frame.scalar(left, tree.getLeftOperand());
        Optional<Expr> b = frame.scalar(right, tree.getRightOperand());
        return a.isEmpty() || b.isEmpty() ? frame.reading().unreadable() : numeric(tree, a.get(), b.get());
    }

    private Value numeric(BinaryTree tree, Expr left, Expr right) {
        if (left.type() == Type.BOOLEAN || right.type() == Type.BOOLEAN) {
            return booleans(tree, left, right);
        }
        if (left.type() != right.type()) {
            IntDivision.warn(frame, left, tree.getLeftOperand());
            IntDivision.warn(frame, right, tree.getRightOperand());
        }
        return switch (tree.getKind()) {
            case PLUS -> frame.values().binary(BinaryOp.ADD, left, right);
            case MINUS -> frame.values().binary(BinaryOp.SUBTRACT, left, right);
            case MULTIPLY -> frame.values().binary(BinaryOp.MULTIPLY, left, right);
            case DIVIDE -> frame.values().binary(BinaryOp.DIVIDE, left, right);
            case REMAINDER -> frame.values().binary(BinaryOp.REMAINDER, left, right);
            case LEFT_SHIFT, RIGHT_SHIFT, UNSIGNED_RIGHT_SHIFT -> unsupported(tree);
            default -> frame.values().compare(comparison(tree), left, right);
        };
    }

    private Value booleans(BinaryTree tree, Expr left, Expr right) {
        if (left.type() != right.type()) {
            return frame.reading().unreadable();
        }
        return switch (tree.getKind()) {
            case EQUAL_TO -> new Scalar(frame.values().not(different(left, right)));
            case NOT_EQUAL_TO -> new Scalar(different(left, right));
            default -> frame.reading().unreadable();
        };
    }

    /**
     * Doubles may be combined with other constants, because both javac and the processor round once, at the cast. A
     * float may be compared with a double that is exactly a float, because the result is the same in both precisions.
     */
    private Value withDouble(BinaryTree tree, Value left, Value right) {
        OptionalDouble a = Values.constantOf(left);
        OptionalDouble b = Values.constantOf(right);
        if (isComparison(tree) && isFloat(left) && isFloat(right)) {
            return numeric(tree, narrow(left), narrow(right));
        }
        return a.isPresent() && b.isPresent()
                ? fold(tree, a.getAsDouble(), b.getAsDouble())
                : doubles(tree, left, right);
    }

    private static boolean isFloat(Value value) {
        return !(value instanceof DoubleConstant c) || (float) c.value() == c.value();
    }

    private Value narrow(Value value) {
        return value instanceof DoubleConstant ? frame.values().cast(value, Type.FLOAT) : value;
    }

    private Value doubles(BinaryTree tree, Value left, Value right) {
        return left instanceof Value.Unreadable || right instanceof Value.Unreadable
                ? frame.reading().unreadable()
                : frame.report(tree, Message.DOUBLE_ARITHMETIC);
    }

    private Value fold(BinaryTree tree, double left, double right) {
        return switch (tree.getKind()) {
            case PLUS -> new DoubleConstant(left + right);
            case MINUS -> new DoubleConstant(left - right);
            case MULTIPLY -> new DoubleConstant(left * right);
            case DIVIDE -> new DoubleConstant(left / right);
            case REMAINDER -> new DoubleConstant(left % right);
            default -> frame.reading().unreadable();
        };
    }

    /** A cast to double: harmless for a constant, double arithmetic for a variable. */
    Value widen(Tree tree, Value value) {
        OptionalDouble constant = Values.constantOf(value);
        if (constant.isPresent()) {
            return new DoubleConstant(constant.getAsDouble());
        }
        return value instanceof Value.Unreadable ? value : frame.report(tree, Message.DOUBLE_ARITHMETIC);
    }

    /** The value of {@code ?:} or {@code switch}. */
    Value choose(Tree tree, Expr condition, Value whenTrue, Value whenFalse) {
        if (whenTrue instanceof DoubleConstant || whenFalse instanceof DoubleConstant) {
            return frame.report(tree, Message.DOUBLE_ARITHMETIC);
        }
        return frame.values().select(condition, whenTrue, whenFalse);
    }

    private static boolean isComparison(BinaryTree tree) {
        return switch (tree.getKind()) {
            case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, EQUAL_TO, NOT_EQUAL_TO -> true;
            default -> false;
        };
    }

    private static Comparison comparison(BinaryTree tree) {
        return switch (tree.getKind()) {
            case LESS_THAN -> Comparison.LESS;
            case LESS_THAN_EQUAL -> Comparison.LESS_OR_EQUAL;
            case GREATER_THAN -> Comparison.GREATER;
            case GREATER_THAN_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case EQUAL_TO -> Comparison.EQUAL;
            case NOT_EQUAL_TO -> Comparison.NOT_EQUAL;
            default -> throw new IllegalArgumentException("not a comparison: " + tree.getKind());
        };
    }

    private Value unsupported(Tree tree) {
        return frame.report(tree, Message.EXPRESSION_UNSUPPORTED, Constructs.name(tree), Constructs.advice(tree));
    }
}
