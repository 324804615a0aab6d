package dev.lossforge.processor.frontend;

import com.sun.source.tree.Tree;
import java.util.Locale;

/** The names of Java's constructs, and what a formula writes instead of unsupported ones. */
final class Constructs {

    private Constructs() {}

    /** The construct's name after "A formula has no". */
    static String name(Tree tree) {
        return switch (tree.getKind()) {
            case FOR_LOOP, ENHANCED_FOR_LOOP -> "'for' loop";
            case WHILE_LOOP -> "'while' loop";
            case DO_WHILE_LOOP -> "'do' loop";
            case THROW -> "'throw'";
            case TRY -> "'try'";
            case SWITCH -> "'switch' statement";
            case ASSERT -> "'assert'";
            case SYNCHRONIZED -> "'synchronized'";
            case BREAK -> "'break'";
            case CONTINUE -> "'continue'";
            case LABELED_STATEMENT -> "label";
            case CLASS, INTERFACE, ENUM, RECORD -> "local class";
            case NEW_CLASS -> "object";
            case NEW_ARRAY -> "array without listed entries";
            case INSTANCE_OF -> "'instanceof'";
            case BITWISE_COMPLEMENT, AND, OR, XOR, LEFT_SHIFT, RIGHT_SHIFT, UNSIGNED_RIGHT_SHIFT -> "bit operation";
            default -> tree.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    static String advice(Tree tree) {
        return switch (tree.getKind()) {
            case FOR_LOOP, ENHANCED_FOR_LOOP, WHILE_LOOP, DO_WHILE_LOOP, BREAK, CONTINUE, LABELED_STATEMENT ->
                "Write a reduction such as sum(n, i -> …), mean or max.";
            case THROW, TRY, ASSERT -> "Return Float.NaN where there is no result.";
            case SWITCH -> "Write a switch expression or if and else.";
            case NEW_ARRAY -> "Write vector(n, i -> …).";
            case INSTANCE_OF, NEW_CLASS, CLASS, INTERFACE, ENUM, RECORD -> "Use numbers and arrays of numbers.";
            case XOR -> "Write square(x) or pow(x, y) for a power.";
            default -> "Use arithmetic, comparisons and the functions of Formulas.";
        };
    }
}
