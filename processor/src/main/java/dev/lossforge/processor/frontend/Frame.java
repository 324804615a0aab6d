package dev.lossforge.processor.frontend;

import com.sun.source.tree.Tree;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import java.util.Optional;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The method or constant that is being read, and the formula for which it is read. */
record Frame(Reading reading, MethodSource source) {

    Exprs exprs() {
        return reading.exprs();
    }

    Values values() {
        return reading.values();
    }

    Value report(Tree at, Message message, Object... arguments) {
        return reading.report(source.at(at), message, arguments);
    }

    Value suggest(Tree at, Optional<String> suggestion, Message message, Object... arguments) {
        return reading.suggest(source.at(at), suggestion, message, arguments);
    }

    /** Whether the source can be read. If it is nested too deeply, this is reported. */
    boolean readable() {
        Optional<Tree> beyond = NestingDepth.beyondLimit(source.tree());
        beyond.ifPresent(t -> reading.tooDeep(source.at(t)));
        return beyond.isEmpty();
    }

    /** The expression of a scalar. Anything else is reported and gives empty. */
    Optional<Expr> scalar(Value value, Tree at) {
        return switch (value) {
            case Scalar(Expr expr) -> Optional.of(expr);
            case Value.Unreadable u -> Optional.empty();
            case Value.DoubleConstant c -> refuse(at, Message.DOUBLE_ARITHMETIC);
            case Value.Vector v -> refuse(at, Message.VECTOR_NOT_SCALAR, v.rank() == 1 ? "a vector" : "a matrix");
            case Value.Body b -> refuse(at, Message.EXPRESSION_UNSUPPORTED, "lambda here", "Pass it to a reduction.");
            case Value.Step s -> refuse(at, Message.EXPRESSION_UNSUPPORTED, "lambda here", "Pass it to scan or fold.");
        };
    }

    /** The expression of a scalar that is of this type; a wrong type is an error that javac reports. */
    Optional<Expr> scalar(Value value, Type type, Tree at) {
        Optional<Expr> expr = scalar(value, at);
        if (expr.isPresent() && expr.get().type() != type) {
            reading.unreadable();
            return Optional.empty();
        }
        return expr;
    }

    /** The value as Java converts it on assignment to a variable, parameter or result of this type. */
    Value convert(Value value, @Nullable TypeMirror type, Tree at) {
        if (type == null || value instanceof Value.Unreadable) {
            return reading.unreadable();
        }
        return switch (type.getKind()) {
            case FLOAT, INT, BOOLEAN -> convertToScalar(value, scalarType(type.getKind()), at);
            case ARRAY -> convertToArray(value, type, at);
            case DECLARED -> isLambda(value, type) ? value : unsupported(type, at);
            case ERROR -> reading.unreadable();
            default -> unsupported(type, at);
        };
    }

    private Value convertToScalar(Value value, @Nullable Type type, Tree at) {
        if (value instanceof Value.DoubleConstant) {
            return report(at, Message.DOUBLE_RESULT);
        }
        Optional<Expr> expr = scalar(value, at);
        if (type == Type.FLOAT) {
            expr.ifPresent(e -> IntDivision.warn(this, e, at));
        }
        return expr.isEmpty() || type == null ? reading.unreadable() : values().convert(new Scalar(expr.get()), type);
    }

    private Value convertToArray(Value value, TypeMirror type, Tree at) {
        Type elementType = scalarType(elementKind(type));
        if (elementType == null || !(value instanceof Value.Vector v)) {
            return unsupported(type, at);
        }
        return v.rank() == rank(type) && v.elementType() == elementType ? value : reading.unreadable();
    }

    private static boolean isLambda(Value value, TypeMirror type) {
        return value instanceof Value.Body && type.toString().equals(CallReader.BODY)
                || value instanceof Value.Step && StepReader.TYPES.contains(type.toString());
    }

    private Value unsupported(TypeMirror type, Tree at) {
        return type.getKind() == TypeKind.DOUBLE
                ? report(at, Message.DOUBLE_DECLARED)
                : report(at, Message.TYPE_UNSUPPORTED, type);
    }

    static int rank(TypeMirror type) {
        return type instanceof ArrayType array ? 1 + rank(array.getComponentType()) : 0;
    }

    /** The type of an array's entries. If the type is not an array, it is returned and refused where it is used. */
    static TypeMirror componentType(TypeMirror type) {
        return type instanceof ArrayType array ? array.getComponentType() : type;
    }

    static TypeKind elementKind(TypeMirror type) {
        return type instanceof ArrayType array ? elementKind(array.getComponentType()) : type.getKind();
    }

    /** The IR's type; null for a kind that the formula language does not know. */
    static @Nullable Type scalarType(TypeKind kind) {
        return switch (kind) {
            case FLOAT -> Type.FLOAT;
            case INT -> Type.INT;
            case BOOLEAN -> Type.BOOLEAN;
            default -> null;
        };
    }

    private Optional<Expr> refuse(Tree at, Message message, Object... arguments) {
        report(at, message, arguments);
        return Optional.empty();
    }
}
