package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A product by its factors: a number, and whole powers of values that are no products. So {@code c·(x / c)} is x, and
 * {@code x·x / 2} is {@code ½·x²}.
 *
 * @param powers without exponents of 0, in the order in which they are written
 */
record Monomial(double factor, List<Power> powers) {

    static final Monomial ONE = new Monomial(1, List.of());

    private static final int MAX_TERMS = 8;

    /**
     * A whole power of a value. Values are one if they are the same node: to hash an expression takes as long as to
     * write it out, which is endless where parts are shared.
     */
    record Power(Expr value, int exponent) {}

    static Monomial of(Expr node) {
        return switch (node) {
            case Expr.Constant c
            when Double.isFinite(c.value()) && c.value() != 0 -> new Monomial(c.value(), List.of());
            case Expr.Unary u when u.op() == UnaryOp.NEGATE -> of(u.operand()).times(-1);
            case Expr.Unary u when u.op() == UnaryOp.SQUARE -> of(u.operand()).times(of(u.operand()));
            case Expr.Binary b
            when b.op() == BinaryOp.MULTIPLY && b.type() == Type.FLOAT && Patterns.isShort(b) ->
                of(b.left()).times(of(b.right()));
            case Expr.Binary b
            when b.op() == BinaryOp.DIVIDE && b.type() == Type.FLOAT && Patterns.isShort(b) ->
                of(b.left()).over(of(b.right()));
            default -> new Monomial(1, List.of(new Power(node, 1)));
        };
    }

    static Monomial of(Power power) {
        return new Monomial(1, List.of(power));
    }

    static Monomial of(SignedTerm term) {
        return of(term.value()).times(term.isNegative() ? -1 : 1);
    }

    /** The terms of a sum, also of one that is multiplied or divided as a whole; empty if they are many. */
    static List<Monomial> termsOf(Expr node) {
        List<Monomial> terms = new ArrayList<>();
        collect(node, ONE, terms);
        return terms.size() <= MAX_TERMS ? terms : List.of();
    }

    private static void collect(Expr node, Monomial factor, List<Monomial> terms) {
        List<SignedTerm> sum = SignedTerm.of(node);
        Expr.Binary product = Patterns.binary(BinaryOp.MULTIPLY, node);
        Expr.Binary quotient = Patterns.binary(BinaryOp.DIVIDE, node);
        if (terms.size() > MAX_TERMS) {
            return;
        }
        if (!sum.isEmpty()) {
            sum.forEach(t -> collect(t.value(), t.isNegative() ? factor.times(-1) : factor, terms));
        } else if (product != null && product.left() instanceof Expr.Constant c) {
            collect(product.right(), factor.times(of(c)), terms);
        } else if (quotient != null) {
            collect(quotient.left(), factor.over(of(quotient.right())), terms);
        } else {
            terms.add(factor.times(of(node)));
        }
    }

    Monomial times(double number) {
        return new Monomial(factor * number, powers);
    }

    Monomial times(Monomial other) {
        return merged(other, 1);
    }

    Monomial over(Monomial other) {
        return merged(other, -1);
    }

    private Monomial merged(Monomial other, int sign) {
        List<Power> all = new ArrayList<>();
        for (Power power : powers) {
            int exponent = power.exponent() + sign * other.exponentOf(power.value());
            if (exponent != 0) {
                all.add(new Power(power.value(), exponent));
            }
        }
        for (Power power : other.powers) {
            if (exponentOf(power.value()) == 0) {
                all.add(new Power(power.value(), sign * power.exponent()));
            }
        }
        return new Monomial(sign > 0 ? factor * other.factor : factor / other.factor, all);
    }

    int exponentOf(Expr value) {
        return powers.stream()
                .filter(p -> p.value() == value)
                .mapToInt(Power::exponent)
                .sum();
    }

    /** Whether two products are one in float32. */
    boolean isSame(Monomial other) {
        return (float) factor == (float) other.factor
                && powers.size() == other.powers.size()
                && powers.stream().allMatch(p -> p.exponent() == other.exponentOf(p.value()));
    }

    /** What is left of the terms of a sum without those of another; null if it lacks one of them. */
    static @Nullable List<Monomial> without(List<Monomial> terms, List<Monomial> some) {
        List<Monomial> left = new ArrayList<>(terms);
        for (Monomial term : some) {
            Optional<Monomial> found = left.stream().filter(term::isSame).findFirst();
            if (found.isEmpty()) {
                return null;
            }
            left.remove(found.get());
        }
        return left;
    }

    /** The only factor of a product; null if there are others. */
    @Nullable
    Expr single() {
        return factor == 1 && powers.size() == 1 && powers.getFirst().exponent() == 1
                ? powers.getFirst().value()
                : null;
    }

    /** This product, times a value. */
    Expr times(Expr value, Exprs e) {
        Expr product = value;
        for (Power power : powers) {
            for (int i = 0; i < Math.abs(power.exponent()); i++) {
                product = power.exponent() > 0
                        ? e.binary(BinaryOp.MULTIPLY, power.value(), product)
                        : e.binary(BinaryOp.DIVIDE, product, power.value());
            }
        }
        return factor == 1
                ? product
                : factor == -1
                        ? e.unary(UnaryOp.NEGATE, product)
                        : e.binary(BinaryOp.MULTIPLY, e.constant(factor), product);
    }
}
