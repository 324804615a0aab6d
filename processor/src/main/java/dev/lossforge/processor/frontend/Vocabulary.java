package dev.lossforge.processor.frontend;

import dev.lossforge.processor.frontend.Value.Body;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The meaning of the functions of {@code dev.lossforge.dsl.Formulas} in the IR. Each overload has an entry with its
 * signature, such as {@code max(float,float)}. A test keeps the two classes consistent.
 *
 * <p>Functions of vectors are expanded into scalars: {@code softmax(v)[i]} is {@code exp(v[i] − logSumExp(v))}.
 */
final class Vocabulary {

    private static final Set<UnaryOp> NOT_FUNCTIONS = EnumSet.of(
            UnaryOp.NEGATE,
            UnaryOp.NAN_OR_ZERO,
            UnaryOp.TO_FLOAT,
            UnaryOp.TO_INT,
            UnaryOp.NOT,
            UnaryOp.EXPM1_REST,
            UnaryOp.LOG1P_REST,
            UnaryOp.LOG_REST,
            UnaryOp.INVERSE_MILLS,
            UnaryOp.MILLS_SLOPE,
            UnaryOp.TETRAGAMMA,
            UnaryOp.PENTAGAMMA,
            UnaryOp.BESSEL_SLOPE,
            UnaryOp.BESSEL_CURVATURE);

    private final Map<String, Function<List<Value>, Value>> functions = new HashMap<>();
    private final Values values;

    Vocabulary(Values values) {
        this.values = values;
        defineScalarFunctions();
        defineReductions();
        defineVectorFunctions();
        functions.putAll(new ScanFunctions(values).all());
    }

    /** The expansion of the function with this signature; its arguments are converted and readable. */
    Optional<Function<List<Value>, Value>> function(String signature) {
        return Optional.ofNullable(functions.get(signature));
    }

    /** All names, for suggestions. */
    Set<String> names() {
        return functions.keySet().stream()
                .map(s -> s.substring(0, s.indexOf('(')))
                .collect(Collectors.toSet());
    }

    private Exprs exprs() {
        return values.exprs();
    }

    private void defineScalarFunctions() {
        EnumSet.complementOf(EnumSet.copyOf(NOT_FUNCTIONS))
                .forEach(op -> functions.put(OperationNames.of(op) + "(float)", a -> values.unary(op, scalar(a, 0))));
        functions.put("logErfc(float)", a -> new Scalar(logErfc(scalar(a, 0))));
        functions.put("logDiffExp(float,float)", a -> new Scalar(logDiffExp(scalar(a, 0), scalar(a, 1))));
        functions.put(
                "isNaN(float)", a -> new Scalar(exprs().compare(Comparison.NOT_EQUAL, scalar(a, 0), scalar(a, 0))));
        functions.put("isFinite(float)", a -> new Scalar(isFinite(scalar(a, 0))));
        functions.put("abs(int)", a -> values.unary(UnaryOp.ABS, scalar(a, 0)));
        functions.put("square(int)", a -> values.binary(BinaryOp.MULTIPLY, scalar(a, 0), scalar(a, 0)));
        List<BinaryOp> ofFloats = List.of(
                BinaryOp.MAX,
                BinaryOp.MIN,
                BinaryOp.POW,
                BinaryOp.ATAN2,
                BinaryOp.HYPOT,
                BinaryOp.XLOGY,
                BinaryOp.LBETA);
        ofFloats.forEach(op -> defineBinary(op, "float"));
        defineBinary(BinaryOp.MAX, "int");
        defineBinary(BinaryOp.MIN, "int");
        for (String type : List.of("float", "int")) {
            functions.put("clamp(%1$s,%1$s,%1$s)".formatted(type), this::clamp);
            functions.put(
                    "where(boolean,%1$s,%1$s)".formatted(type), a -> values.select(scalar(a, 0), a.get(1), a.get(2)));
        }
    }

    private void defineBinary(BinaryOp op, String type) {
        String name = op.name().toLowerCase(Locale.ROOT);
        functions.put("%s(%s,%s)".formatted(name, type, type), a -> values.binary(op, scalar(a, 0), scalar(a, 1)));
    }

    private void defineReductions() {
        Map<String, Function<Vector, Value>> reductions = Map.of(
                "sum", v -> values.reduce(ReduceOp.SUM, v),
                "prod", v -> values.reduce(ReduceOp.PRODUCT, v),
                "max", v -> values.reduce(ReduceOp.MAX, v),
                "min", v -> values.reduce(ReduceOp.MIN, v),
                "logSumExp", v -> values.reduce(ReduceOp.LOG_SUM_EXP, v),
                "argMax", v -> values.reduce(ReduceOp.ARG_MAX, v),
                "argMin", v -> values.reduce(ReduceOp.ARG_MIN, v),
                "argSort", v -> values.order(OrderOp.ARG_SORT, v),
                "rank", v -> values.order(OrderOp.RANK, v),
                "mean", this::mean);
        reductions.forEach(this::defineOverVector);
        functions.put("vector(int,IntToFloat)", Vocabulary::tabulate);
    }

    private void defineVectorFunctions() {
        Map<String, Function<Vector, Value>> ofOne = Map.of(
                "sort", values::sorted,
                "softmax", v -> shifted(v, s -> exprs().unary(UnaryOp.EXP, s)),
                "logSoftmax", v -> shifted(v, s -> s),
                "squaredNorm", v -> new Scalar(squaredNorm(v)),
                "norm", v -> new Scalar(norm(v)));
        ofOne.forEach(this::defineOverVector);
        functions.put("stopGradient(float[])", a -> values.map(vector(a, 0), this::stopGradient));
        functions.put("dot(float[],float[])", a -> new Scalar(dot(vector(a, 0), vector(a, 1))));
        functions.put("cosineSimilarity(float[],float[])", a -> cosineSimilarity(vector(a, 0), vector(a, 1)));
    }

    /** A function of a vector, which may be given by its length and a lambda. */
    private void defineOverVector(String name, Function<Vector, Value> function) {
        functions.put(name + "(int,IntToFloat)", a -> function.apply(tabulate(a)));
        functions.put(name + "(float[])", a -> function.apply(vector(a, 0)));
    }

    private Expr logErfc(Expr x) {
        Expr argument = exprs().binary(BinaryOp.MULTIPLY, exprs().constant(-Math.sqrt(2)), x);
        return exprs().binary(
                        BinaryOp.ADD, exprs().constant(Math.log(2)), exprs().unary(UnaryOp.LOG_NORMAL_CDF, argument));
    }

    private Expr logDiffExp(Expr x, Expr y) {
        return exprs().binary(
                        BinaryOp.ADD, x, exprs().unary(UnaryOp.LOG1M_EXP, exprs().binary(BinaryOp.SUBTRACT, y, x)));
    }

    private Expr isFinite(Expr x) {
        Expr max = exprs().constant((double) Float.MAX_VALUE);
        return exprs().compare(Comparison.LESS_OR_EQUAL, exprs().unary(UnaryOp.ABS, x), max);
    }

    private Value clamp(List<Value> a) {
        Value atLeastLow = values.binary(BinaryOp.MAX, scalar(a, 0), scalar(a, 1));
        return values.binary(BinaryOp.MIN, ((Scalar) atLeastLow).expr(), scalar(a, 2));
    }

    private Value mean(Vector v) {
        Expr sum = ((Scalar) values.reduce(ReduceOp.SUM, v)).expr();
        return values.binary(BinaryOp.DIVIDE, sum, v.length());
    }

    private Expr stopGradient(Expr entry) {
        return exprs().unary(UnaryOp.STOP_GRADIENT, entry);
    }

    /** A function of {@code v[i] − logSumExp(v)}. */
    private Vector shifted(Vector v, Function<Expr, Expr> function) {
        Expr normalizer = ((Scalar) values.reduce(ReduceOp.LOG_SUM_EXP, v)).expr();
        return values.map(v, e -> function.apply(exprs().binary(BinaryOp.SUBTRACT, e, normalizer)));
    }

    private Expr dot(Vector a, Vector b) {
        return values.reduce(
                ReduceOp.SUM,
                a.length(),
                i -> exprs().binary(BinaryOp.MULTIPLY, values.entry(a, i), values.entry(b, i)));
    }

    private Expr squaredNorm(Vector v) {
        return values.reduce(ReduceOp.SUM, v.length(), i -> exprs().unary(UnaryOp.SQUARE, values.entry(v, i)));
    }

    private Expr norm(Vector v) {
        return exprs().unary(UnaryOp.SQRT, squaredNorm(v));
    }

    private Value cosineSimilarity(Vector a, Vector b) {
        Expr zero = exprs().constant(0.0);
        Expr isZero = exprs().binary(
                        BinaryOp.OR,
                        exprs().compare(Comparison.EQUAL, norm(a), zero),
                        exprs().compare(Comparison.EQUAL, norm(b), zero));
        Expr norms = exprs().binary(BinaryOp.MULTIPLY, norm(a), norm(b));
        return new Scalar(exprs().select(isZero, zero, exprs().binary(BinaryOp.DIVIDE, dot(a, b), norms)));
    }

    private static Expr scalar(List<Value> arguments, int position) {
        return ((Scalar) arguments.get(position)).expr();
    }

    private static Vector vector(List<Value> arguments, int position) {
        return (Vector) arguments.get(position);
    }

    private static Vector tabulate(List<Value> arguments) {
        return new Vector(Type.FLOAT, 1, scalar(arguments, 0), ((Body) arguments.get(1)).body());
    }
}
