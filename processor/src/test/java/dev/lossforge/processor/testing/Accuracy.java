package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.UnaryOp;

/** How far results of operations may be from those of exact ones on the same operands, in units of roundoff. */
public enum Accuracy {

    /** Java rounds arithmetic and roots correctly; our functions and those of its library are good to 4 ulp. */
    JAVA(1, 1, 8, 8),

    /**
     * What the OpenCL C specification asks of a device with the full profile, in its table of relative errors for
     * single precision: quotients to 2.5 ulp, roots to 3, powers to 16. {@code DeviceMath} makes its functions of those
     * of the device, good to 10 ulp.
     */
    OPENCL(5, 6, 32, 20);

    private final double quotient;
    private final double root;
    private final double power;
    private final double function;

    Accuracy(double quotient, double root, double power, double function) {
        this.quotient = quotient;
        this.root = root;
        this.power = power;
        this.function = function;
    }

    /** Of functions that have no bound of their own. */
    double function() {
        return function;
    }

    double of(UnaryOp op) {
        return switch (op) {
            case NEGATE, ABS, STOP_GRADIENT -> 0;
            case SQUARE, TO_FLOAT -> 1;
            case SQRT -> root;
            default -> function;
        };
    }

    double of(BinaryOp op) {
        return switch (op) {
            case MAX, MIN, REMAINDER -> 0;
            case ADD, SUBTRACT, MULTIPLY -> 1;
            case DIVIDE, XDIVY -> quotient;
            case POW -> power;
            default -> function;
        };
    }
}
