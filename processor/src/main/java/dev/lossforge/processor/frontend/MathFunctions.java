package dev.lossforge.processor.frontend;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The functions of {@link Math} that may occur in constants. */
final class MathFunctions {

    private static final Map<String, DoubleUnaryOperator> UNARY = Map.ofEntries(
            Map.entry("abs", Math::abs),
            Map.entry("acos", Math::acos),
            Map.entry("asin", Math::asin),
            Map.entry("atan", Math::atan),
            Map.entry("cbrt", Math::cbrt),
            Map.entry("cos", Math::cos),
            Map.entry("cosh", Math::cosh),
            Map.entry("exp", Math::exp),
            Map.entry("expm1", Math::expm1),
            Map.entry("log", Math::log),
            Map.entry("log10", Math::log10),
            Map.entry("log1p", Math::log1p),
            Map.entry("sin", Math::sin),
            Map.entry("sinh", Math::sinh),
            Map.entry("sqrt", Math::sqrt),
            Map.entry("tan", Math::tan),
            Map.entry("tanh", Math::tanh));

    private static final Map<String, DoubleBinaryOperator> BINARY =
            Map.of("atan2", Math::atan2, "hypot", Math::hypot, "max", Math::max, "min", Math::min, "pow", Math::pow);

    private MathFunctions() {}

    /** The value; empty if the function is not among them. */
    static OptionalDouble apply(String name, double... arguments) {
        if (arguments.length == 1 && UNARY.containsKey(name)) {
            return OptionalDouble.of(UNARY.get(name).applyAsDouble(arguments[0]));
        }
        if (arguments.length == 2 && BINARY.containsKey(name)) {
            return OptionalDouble.of(BINARY.get(name).applyAsDouble(arguments[0], arguments[1]));
        }
        return OptionalDouble.empty();
    }
}
