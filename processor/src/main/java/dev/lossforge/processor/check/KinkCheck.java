package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * Warns where the gradient can be infinite though the value is not: {@code acos} of a cosine that is 1, the square root
 * of a product that is 0. At other kinks the gradient is a chosen subgradient, and there is no warning. There is none
 * at the end of a prediction's own range either, because the infinite gradient is correct there.
 */
final class KinkCheck {

    private final Places places;
    private final Reporter<Position> reporter;
    private final Activity activity = new Activity(Input::differentiated);

    KinkCheck(Places places, Reporter<Position> reporter) {
        this.places = places;
        this.reporter = reporter;
    }

    /** Whether a slope is infinite at a likely point of what is differentiated. */
    boolean matters(Finding finding) {
        Risk.VerticalSlope slope = (Risk.VerticalSlope) finding.risk();
        Expr operand = slope.operand();
        return activity.isActive(operand) && !isOneEntry(operand) && !isGivenSubgradient(slope);
    }

    void report(Finding finding) {
        Risk.VerticalSlope slope = (Risk.VerticalSlope) finding.risk();
        String name = slope.operation() instanceof Expr.Unary u ? OperationNames.of(u.op()) : "pow";
        reporter.report(
                places.of(finding.path()),
                Message.VERTICAL_SLOPE,
                name,
                Places.quoted(slope.operand(), "its operand"),
                Interval.text(slope.at()),
                distance(slope));
    }

    private static String distance(Risk.VerticalSlope slope) {
        if (slope.operation() instanceof Expr.Unary u && u.op() == UnaryOp.ACOSH) {
            return "max(x, 1.000001f)";
        }
        double at = slope.at();
        if (at != 0 && slope.found().contains(-at)) {
            return "clamp(x, -0.999999f, 0.999999f)";
        }
        return at == 0 ? "x + 1e-6f" : at > 0 ? "min(x, 0.999999f)" : "max(x, -0.999999f)";
    }

    /**
     * The square root of a value that cannot be negative by construction, such as a sum of squares, has gradient 0 at
     * 0.
     */
    private static boolean isGivenSubgradient(Risk.VerticalSlope slope) {
        return slope.operation() instanceof Expr.Unary u
                && u.op() == UnaryOp.SQRT
                && NonNegative.byConstruction(slope.operand());
    }

    /** An entry of an input, possibly scaled and shifted: {@code 1 − p}. */
    private static boolean isOneEntry(Expr node) {
        return switch (node) {
            case Expr.Load l -> true;
            case Expr.Unary u -> u.op() == UnaryOp.NEGATE && isOneEntry(u.operand());
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT, MULTIPLY, DIVIDE ->
                        isOneEntry(b.left()) && b.right() instanceof Expr.Constant
                                || isOneEntry(b.right()) && b.left() instanceof Expr.Constant;
                    default -> false;
                };
            default -> false;
        };
    }
}
