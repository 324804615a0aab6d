package dev.lossforge.processor.vector;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.runtime.internal.kernel.Scalars;
import java.util.Arrays;

/** What generated scalar code computes. */
final class ScalarFunctions {
    private ScalarFunctions() {}

    static float apply(UnaryOp op, float x) {
        return switch (op) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case STOP_GRADIENT -> x;
            case ACOSH -> x < 1 ? Float.NaN : Scalars.acosh(x); // far left of its domain it gives numbers
            default -> call(op, x);
        };
    }

    static float apply(BinaryOp op, float x, float y) {
        return switch (op) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case REMAINDER -> x % y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case ROOT_OF_SQUARES -> (float) Math.sqrt(x);
            default -> call(op, x, y);
        };
    }

    private static float call(Enum<?> op, Object... arguments) {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, float.class);
        try {
            return (float) Scalars.class.getMethod(OperationNames.of(op), types).invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
