package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A product of powers whose exponents are linear in one value, {@code c·xᵃ·y^(1 − a)·(a − 1)⁻¹}: by its factors, so
 * that it is known when two such products are one.
 *
 * @param factor a number
 * @param powers of values that do not depend on a
 * @param linear whole powers of values that are linear in a and begin with it
 */
record GeneralPowers(double factor, List<Power> powers, List<LinearPower> linear) {

    static final GeneralPowers ONE = new GeneralPowers(1, List.of(), List.of());

    record Power(Expr base, Linear exponent) {}

    /** {@code (a + offset)ⁿ}. */
    record LinearPower(double offset, int exponent) {}

    /** {@code slope·a + offset}. */
    record Linear(double slope, double offset) {

        static @Nullable Linear of(Expr node, Expr a) {
            if (node == a) {
                return new Linear(1, 0);
            }
            return switch (node) {
                case Expr.Constant c -> new Linear(0, c.value());
                case Expr.Unary u when u.op() == UnaryOp.NEGATE -> opposite(of(u.operand(), a));
                case Expr.Binary b when b.type() == Type.FLOAT -> of(b, a);
                default -> null;
            };
        }

        private static @Nullable Linear opposite(@Nullable Linear x) {
            return x == null ? null : x.times(-1);
        }

        private static @Nullable Linear of(Expr.Binary node, Expr a) {
            Linear x = of(node.left(), a);
            Linear y = x == null ? null : of(node.right(), a);
            if (x == null || y == null) {
                return null;
            }
            return switch (node.op()) {
                case ADD -> x.plus(y, 1);
                case SUBTRACT -> x.plus(y, -1);
                case MULTIPLY -> x.slope == 0 ? y.times(x.offset) : y.slope == 0 ? x.times(y.offset) : null;
                case DIVIDE -> y.slope == 0 ? x.times(1 / y.offset) : null;
                default -> null;
            };
        }

        Linear plus(Linear other, double times) {
            return new Linear(slope + times * other.slope, offset + times * other.offset);
        }

        Linear times(double number) {
            return new Linear(number * slope, number * offset);
        }

        boolean isZero() {
            return Math.abs(slope) < 1e-9 && Math.abs(offset) < 1e-9;
        }

        boolean isConstant() {
            return Math.abs(slope) < 1e-9;
        }

        double at(double a) {
            return slope * a + offset;
        }

        Expr of(Expr a, Exprs e) {
            if (isConstant()) {
                return e.constant(offset);
            }
            Expr part = slope == 1 ? a : slope == -1 ? null : e.binary(BinaryOp.MULTIPLY, e.constant(slope), a);
            return part == null
                    ? offset == 0 ? e.unary(UnaryOp.NEGATE, a) : e.binary(BinaryOp.SUBTRACT, e.constant(offset), a)
                    : offset == 0 ? part : e.binary(BinaryOp.ADD, part, e.constant(offset));
        }
    }

    /**
     * The product of which a value is made, by powers of what it depends on beside a; null where a occurs otherwise.
     */
    static @Nullable GeneralPowers of(Expr node, Expr a, Exprs e) {
        return ofUnguarded(unguarded(node, e), a, e);
    }

    /**
     * Without what {@link PowerRules} and {@link ZeroProductRules} guard: {@code y = 0 ? 1 : e^(y·(y = 0 ? 0 : x))}.
     */
    private static Expr unguarded(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Select s when isGuard(s) -> unguarded(s.whenFalse(), e);
            case Expr.Binary b when b.type() == Type.FLOAT -> Rebuild.with(e, b, x -> unguarded(x, e));
            case Expr.Unary u
            when u.op() == UnaryOp.EXP || u.op() == UnaryOp.NEGATE -> Rebuild.with(e, u, x -> unguarded(x, e));
            default -> node;
        };
    }

    private static boolean isGuard(Expr.Select choice) {
        return choice.whenTrue() instanceof Expr.Constant limit
                && (limit.value() == 0 || limit.value() == 1)
                && choice.condition() instanceof Expr.Compare c
                && c.op() == Comparison.EQUAL
                && Patterns.isConstant(c.right(), 0);
    }

    private static @Nullable GeneralPowers ofUnguarded(Expr node, Expr a, Exprs e) {
        Linear linear = Linear.of(node, a);
        if (linear != null) {
            return linear.isConstant()
                    ? new GeneralPowers(linear.offset, List.of(), List.of())
                    : new GeneralPowers(
                            linear.slope, List.of(), List.of(new LinearPower(linear.offset / linear.slope, 1)));
        }
        if (!dependsOn(node, a) && !isProduct(node)) {
            return new GeneralPowers(1, List.of(new Power(node, new Linear(0, 1))), List.of());
        }
        return switch (node) {
            case Expr.Unary u -> ofUnary(u, a, e);
            case Expr.Binary b -> ofBinary(b, a, e);
            default -> null;
        };
    }

    private static boolean dependsOn(Expr node, Expr a) {
        return ExprNodes.anyMatch(node, n -> n == a);
    }

    private static boolean isProduct(Expr node) {
        return node instanceof Expr.Binary b
                        && (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE || b.op() == BinaryOp.POW)
                || node instanceof Expr.Unary u && (u.op() == UnaryOp.NEGATE || u.op() == UnaryOp.SQUARE)
                || Patterns.operand(UnaryOp.EXP, node) != null;
    }

    private static @Nullable GeneralPowers ofUnary(Expr.Unary node, Expr a, Exprs e) {
        GeneralPowers x = node.op() == UnaryOp.EXP ? null : ofUnguarded(node.operand(), a, e);
        return switch (node.op()) {
            case NEGATE -> x == null ? null : x.times(-1);
            case SQUARE -> x == null ? null : x.times(x, 1);
            case EXP -> ofExponential(node.operand(), a, e);
            default -> null;
        };
    }

    /** {@code e^(x·(a + c))} is a power of {@code eˣ}, and one of a sum a product of such powers. */
    private static @Nullable GeneralPowers ofExponential(Expr exponent, Expr a, Exprs e) {
        if (!dependsOn(exponent, a)) {
            return new GeneralPowers(
                    1, List.of(new Power(e.unary(UnaryOp.EXP, exponent), new Linear(0, 1))), List.of());
        }
        List<SignedTerm> terms = SignedTerm.of(exponent);
        GeneralPowers product = ONE;
        for (SignedTerm term : terms.isEmpty() ? List.of(new SignedTerm(exponent, false)) : terms) {
            GeneralPowers power = ofExponentialOfProduct(Monomial.of(term), a, e);
            if (power == null) {
                return null;
            }
            product = product.times(power, 1);
        }
        return product;
    }

    private static @Nullable GeneralPowers ofExponentialOfProduct(Monomial product, Expr a, Exprs e) {
        Linear linear = new Linear(0, product.factor());
        Monomial rest = new Monomial(1, product.powers());
        for (Monomial.Power power : product.powers()) {
            Linear of = power.exponent() == 1 ? Linear.of(power.value(), a) : null;
            if (of != null) {
                linear = of.times(product.factor());
                rest = rest.over(Monomial.of(power));
                break;
            }
        }
        Expr x = rest.powers().isEmpty() ? null : simple(rest.times(e.constant(1.0), e));
        if (x == null || dependsOn(x, a)) {
            return null;
        }
        Expr base = Patterns.operand(UnaryOp.LOG, x);
        return new GeneralPowers(
                1, List.of(new Power(base == null ? e.unary(UnaryOp.EXP, x) : base, linear)), List.of());
    }

    /** A product with 1 is what it is besides. */
    private static Expr simple(Expr product) {
        Expr.Binary b = Patterns.binary(BinaryOp.MULTIPLY, product);
        return b != null && Patterns.isConstant(b.right(), 1) ? b.left() : product;
    }

    private static @Nullable GeneralPowers ofBinary(Expr.Binary node, Expr a, Exprs e) {
        GeneralPowers x = ofUnguarded(node.left(), a, e);
        if (x == null) {
            return null;
        }
        if (node.op() == BinaryOp.POW) {
            Linear exponent = Linear.of(node.right(), a);
            return exponent == null ? null : x.power(exponent);
        }
        GeneralPowers y = ofUnguarded(node.right(), a, e);
        return y == null
                ? null
                : switch (node.op()) {
                    case MULTIPLY -> x.times(y, 1);
                    case DIVIDE -> x.times(y, -1);
                    default -> null;
                };
    }

    private @Nullable GeneralPowers power(Linear exponent) {
        if (factor != 1 || !linear.isEmpty()) {
            return null;
        }
        List<Power> all = new ArrayList<>();
        for (Power power : powers) {
            if (!power.exponent.isConstant()) {
                return null;
            }
            all.add(new Power(power.base, exponent.times(power.exponent.offset())));
        }
        return new GeneralPowers(1, all, List.of());
    }

    GeneralPowers times(double number) {
        return new GeneralPowers(factor * number, powers, linear);
    }

    /** The product with {@code other} or, for −1, the quotient. */
    GeneralPowers times(GeneralPowers other, int sign) {
        List<Power> all = new ArrayList<>(powers);
        for (Power power : other.powers) {
            Linear sum = power.exponent.times(sign);
            for (Power known : List.copyOf(all)) {
                if (known.base == power.base) {
                    sum = known.exponent.plus(sum, 1);
                    all.remove(known);
                }
            }
            if (!sum.isZero()) {
                all.add(new Power(power.base, sum));
            }
        }
        List<LinearPower> allLinear = new ArrayList<>(linear);
        for (LinearPower power : other.linear) {
            int sum = sign * power.exponent;
            for (LinearPower known : List.copyOf(allLinear)) {
                if (Math.abs(known.offset - power.offset) < 1e-9) {
                    sum += known.exponent;
                    allLinear.remove(known);
                }
            }
            if (sum != 0) {
                allLinear.add(new LinearPower(power.offset, sum));
            }
        }
        return new GeneralPowers(sign > 0 ? factor * other.factor : factor / other.factor, all, allLinear);
    }

    /** What this is for a value of a, of which it has no pole. */
    GeneralPowers at(double value) {
        double number = factor;
        for (LinearPower power : linear) {
            number *= Math.pow(value + power.offset, power.exponent);
        }
        return new GeneralPowers(number, List.of(), List.of()).times(powersAt(p -> new Linear(0, p.at(value))), 1);
    }

    /** The product of the bases, each to the slope of its exponent: how the powers grow with a. */
    GeneralPowers growth() {
        return powersAt(p -> new Linear(0, p.slope()));
    }

    private GeneralPowers powersAt(UnaryOperator<Linear> exponent) {
        GeneralPowers product = ONE;
        for (Power power : powers) {
            Power other = new Power(power.base, exponent.apply(power.exponent));
            product = product.times(new GeneralPowers(1, List.of(other), List.of()), 1);
        }
        return product;
    }

    /** Times a linear value, or divided by it. */
    GeneralPowers times(Linear value, int sign) {
        GeneralPowers one = value.isConstant()
                ? new GeneralPowers(value.offset, List.of(), List.of())
                : new GeneralPowers(value.slope, List.of(), List.of(new LinearPower(value.offset / value.slope, 1)));
        return times(one, sign);
    }

    /** To a linear power; the exponents of this product are constant. */
    GeneralPowers raised(Linear exponent) {
        return new GeneralPowers(
                1,
                powers.stream()
                        .map(p -> new Power(p.base, exponent.times(p.exponent.offset())))
                        .toList(),
                List.of());
    }

    boolean isOne() {
        return Math.abs(factor - 1) < 1e-6 && powers.isEmpty() && linear.isEmpty();
    }

    /** Whether this is a product of powers that do not vary with a. */
    boolean isFixed() {
        return Math.abs(factor - 1) < 1e-6
                && linear.isEmpty()
                && !powers.isEmpty()
                && powers.stream().allMatch(p -> p.exponent.isConstant());
    }

    Expr toExpr(Expr a, Exprs e) {
        Expr product = null;
        for (Power power : powers) {
            Expr value = powerOf(power, a, e);
            product = product == null ? value : e.binary(BinaryOp.MULTIPLY, product, value);
        }
        Expr value = product == null ? e.constant(factor) : product;
        for (LinearPower power : linear) {
            Expr x = new Linear(1, power.offset).of(a, e);
            for (int i = 0; i < Math.abs(power.exponent); i++) {
                value = e.binary(power.exponent > 0 ? BinaryOp.MULTIPLY : BinaryOp.DIVIDE, value, x);
            }
        }
        return product == null || factor == 1 ? value : e.binary(BinaryOp.MULTIPLY, e.constant(factor), value);
    }

    private static Expr powerOf(Power power, Expr a, Exprs e) {
        Linear exponent = power.exponent;
        Expr x = Patterns.operand(UnaryOp.EXP, power.base);
        if (exponent.isConstant() && exponent.offset == 1) {
            return power.base;
        }
        if (exponent.isConstant() && exponent.offset == -1) {
            return e.binary(BinaryOp.DIVIDE, e.constant(1.0), power.base);
        }
        Expr by = exponent.isConstant() ? e.constant(exponent.offset) : exponent.of(a, e);
        return x == null
                ? e.binary(BinaryOp.POW, power.base, by)
                : e.unary(UnaryOp.EXP, e.binary(BinaryOp.MULTIPLY, by, x));
    }

    /** The logarithm of a product that is fixed, exact where it is a quotient of two values that are nearly equal. */
    Expr log(Exprs e) {
        if (powers.size() == 2) {
            Power x = powers.get(0).exponent.offset() > 0 ? powers.get(0) : powers.get(1);
            Power y = x == powers.get(0) ? powers.get(1) : powers.get(0);
            if (x.exponent.offset() == 1
                    && y.exponent.offset() == -1
                    && Patterns.operand(UnaryOp.EXP, x.base) == null
                    && Patterns.operand(UnaryOp.EXP, y.base) == null) {
                return NearQuotients.log(x.base, y.base, e);
            }
        }
        Expr sum = null;
        for (Power power : powers) {
            Expr exponent = Patterns.operand(UnaryOp.EXP, power.base);
            Expr log = exponent == null ? e.unary(UnaryOp.LOG, power.base) : exponent;
            double c = power.exponent.offset();
            if (sum == null) {
                sum = c == 1
                        ? log
                        : c == -1 ? e.unary(UnaryOp.NEGATE, log) : e.binary(BinaryOp.MULTIPLY, e.constant(c), log);
            } else {
                Expr term = Math.abs(c) == 1 ? log : e.binary(BinaryOp.MULTIPLY, e.constant(Math.abs(c)), log);
                sum = e.binary(c > 0 ? BinaryOp.ADD : BinaryOp.SUBTRACT, sum, term);
            }
        }
        return sum == null ? e.constant(0.0) : sum;
    }
}
