package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import java.util.Arrays;

/** A Java expression and its binding strength, so that only needed parentheses are written. */
public record Term(CodeBlock code, Strength strength) {

    /** From the weakest to the strongest. */
    public enum Strength {
        CONDITIONAL,
        LOGICAL,
        COMPARISON,
        SUM,
        PRODUCT,
        UNARY,
        ATOM
    }

    public static Term atom(String format, Object... arguments) {
        return new Term(CodeBlock.of(format, unwrap(arguments)), Strength.ATOM);
    }

    /** The arguments of a format, with terms replaced by their code, because only code keeps its imports. */
    public static Object[] unwrap(Object... arguments) {
        return Arrays.stream(arguments)
                .map(a -> a instanceof Term term ? term.code() : a)
                .toArray();
    }

    /** A statement of a format whose arguments may be terms. */
    public static CodeBlock statement(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, unwrap(arguments)).build();
    }

    /** {@code left symbol right} of a left-associative operator. */
    public static Term infix(Term left, String symbol, Term right, Strength strength) {
        return new Term(CodeBlock.of("$L $L $L", left.in(strength), symbol, right.above(strength)), strength);
    }

    /** The expression as an operand that binds at least as strongly as required. */
    public CodeBlock in(Strength least) {
        return strength.compareTo(least) >= 0 ? code : CodeBlock.of("($L)", code);
    }

    /** The expression as an operand that binds more strongly than required. */
    public CodeBlock above(Strength other) {
        return strength.compareTo(other) > 0 ? code : CodeBlock.of("($L)", code);
    }

    @Override
    public String toString() {
        return code.toString();
    }
}
