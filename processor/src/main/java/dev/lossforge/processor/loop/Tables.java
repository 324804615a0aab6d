package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which values are kept in tables, and replaces them in expressions by table entries.
 *
 * <p>A reduction has a table with an axis for each of its free indices. This requires that there are at most two, with
 * extents that are the same for all batches of a shape. Otherwise it is computed wherever it is needed. A reduction
 * that is only needed at the points of a single goal also has no table. A costly value has a table if a loop would
 * compute it again in each round. So has an expensive value without indices that every point would compute.
 */
final class Tables {
    /** A table of three axes would take more memory than devices have. */
    private static final int MAX_AXES = 2;
    /** The minimum cost, in additions, of a value without indices that gets its own step: a few functions. */
    private static final int WORTH_A_STEP = 100;

    private final Exprs exprs;
    private final Costs costs;
    private final int firstPosition;
    private final LocalNames names;
    private final Map<Expr, Integer> occurrences = new IdentityHashMap<>();
    private final Map<Expr, Kept> known = new IdentityHashMap<>();
    private final Map<Expr, Boolean> costly = new IdentityHashMap<>();
    private final Map<Expr, Expr> canonical = new IdentityHashMap<>();
    private final List<Kept> kept = new ArrayList<>();

    /** @param firstPosition a number above the positions of all inputs */
    Tables(Exprs exprs, int firstPosition) {
        this.exprs = exprs;
        this.costs = new Costs(exprs);
        this.firstPosition = firstPosition;
        this.names = new LocalNames(exprs);
    }

    /**
     * An expression that reads tables.
     *
     * @param level the number of steps that must come before it
     * @param loops the extents of the reductions at the points themselves
     */
    record Placed(Expr value, int level, Set<Expr> loops) {}

    /** A table, with the value at its points. */
    record Kept(Table table, List<Expr.Index> points, Placed placed) {}

    /** All tables so far; a table comes before those that read it. */
    List<Kept> kept() {
        return List.copyOf(kept);
    }

    /** The indices of points with these extents. */
    List<Expr.Index> points(List<Expr> extents) {
        List<Expr.Index> points = new ArrayList<>();
        for (Expr extent : extents) {
            points.add(exprs.index(Exprs.FIRST_LOOP_NUMBER + points.size(), extent));
        }
        return List.copyOf(points);
    }

    /** Counts the goals and tables that need each reduction below a goal. */
    void count(Expr goal) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(goal));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof Expr.Reduce && fits(node)) {
                Expr.Reduce canonical = (Expr.Reduce) canonical(node);
                if (occurrences.merge(canonical, 1, Integer::sum) == 1) {
                    count(canonical.body());
                }
            } else {
                pending.addAll(Exprs.operands(node));
            }
        }
    }

    /** Replaces values by table entries in the expression of a goal, which is evaluated at some points. */
    Placed place(Expr goal, List<Expr.Index> points) {
        return new Placing(goal, points, true).run();
    }

    private boolean fits(Expr node) {
        Set<Expr.Index> free = exprs.freeIndices(node);
        return free.size() <= MAX_AXES && free.stream().allMatch(i -> Schedule.isSize(i.extent()));
    }

    /** The same value with the indices of its table's points, so that equal tables are the same. */
    private Expr canonical(Expr node) {
        return canonical.computeIfAbsent(node, this::renamed);
    }

    private Expr renamed(Expr node) {
        List<Expr.Index> free = List.copyOf(exprs.freeIndices(node));
        List<Expr.Index> points = pointsOf(free);
        Map<Expr.Index, Expr> renaming = new IdentityHashMap<>();
        for (int axis = 0; axis < free.size(); axis++) {
            renaming.put(free.get(axis), points.get(axis));
        }
        return new Substitution(exprs, renaming).apply(node);
    }

    private List<Expr.Index> pointsOf(List<Expr.Index> free) {
        return points(free.stream().map(Expr.Index::extent).toList());
    }

    /** The table of a value, created on first use. */
    private Kept tableOf(Expr node) {
        Expr canonical = canonical(node);
        Kept table = known.get(canonical);
        if (table == null) {
            List<Expr.Index> points = pointsOf(List.copyOf(exprs.freeIndices(node)));
            Placed placed = new Placing(canonical, points, false).run();
            String name = names.unique(LocalNames.stemOf(node));
            Input input = Input.of(firstPosition + kept.size(), name, Role.TARGET, node.type(), points.size());
            List<Expr> extents = points.stream().map(Expr.Index::extent).toList();
            table = new Kept(new Table(new Buffer(name, node.type(), extents), input), points, placed);
            kept.add(table);
            known.put(canonical, table);
        }
        return table;
    }

    private boolean isCostly(Expr node) {
        Boolean result = costly.get(node);
        if (result == null) {
            result = switch (node) {
                case Expr.Reduce r -> false; // it has a table, or its own loop
                case Expr.Unary u when isCostly(u.op()) -> true;
                case Expr.Binary b when isCostly(b.op()) -> true;
                default -> Exprs.operands(node).stream().anyMatch(this::isCostly);
            };
            costly.put(node, result);
        }
        return result;
    }

    /** Whether an operation takes longer than reading a number from memory. */
    private static boolean isCostly(UnaryOp op) {
        return switch (op) {
            case NEGATE, ABS, SIGN, SQUARE, SQRT, FLOOR, CEIL, ROUND, TO_FLOAT, TO_INT, NOT, NAN_OR_ZERO -> false;
            case STOP_GRADIENT -> false;
            case EXP, EXPM1, LOG, LOG1P, LOG1M_EXP, SIGMOID, LOG_SIGMOID, SOFTPLUS, ERF -> true;
            case EXPM1_REST, LOG1P_REST, LOG_REST -> true;
            case ERFC, NORMAL_CDF, LOG_NORMAL_CDF, NORMAL_QUANTILE, INVERSE_MILLS, MILLS_SLOPE -> true;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ASINH, ACOSH, ATANH, LOG_COSH -> true;
            case LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA -> true;
            case LOG_BESSEL_I0, BESSEL_I1_I0, BESSEL_SLOPE, BESSEL_CURVATURE -> true;
        };
    }

    private static boolean isCostly(BinaryOp op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MAX, MIN, AND, OR, XDIVY -> false;
            case POW, ATAN2, HYPOT, XLOGY, XLOG1PY, LOG_QUOTIENT, RELATIVE_ENTROPY -> true;
            case LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE -> true;
            case ROOT_OF_SQUARES -> true; // because of the check before it
        };
    }

    /** Rewrites one expression for its points and, inside, for the rounds of its reductions. */
    private final class Placing {
        private final Expr root;
        private final Set<Expr.Index> points;
        private final boolean goal;
        private final Set<Expr> loops = new LinkedHashSet<>();
        private int level;

        /** @param goal whether the root is a goal; otherwise it is the value of a table */
        Placing(Expr root, List<Expr.Index> points, boolean goal) {
            this.root = root;
            this.points = new LinkedHashSet<>(points);
            this.goal = goal;
        }

        Placed run() {
            Expr value = new Round(points).apply(root);
            return new Placed(value, level, loops);
        }

        private Expr entryOf(Expr node) {
            Kept table = tableOf(node);
            level = Math.max(level, table.placed().level() + 1);
            return exprs.load(table.table().input(), List.copyOf(exprs.freeIndices(node)));
        }

        /** Rewrites expressions at a point, or in a round of some loops at a point. */
        private final class Round {
            private final Set<Expr.Index> bound;
            private final Map<Expr, Expr> done = new IdentityHashMap<>();

            Round(Set<Expr.Index> bound) {
                this.bound = bound;
            }

            Expr apply(Expr node) {
                Expr known = done.get(node);
                if (known == null) {
                    known = compute(node);
                    done.put(node, known);
                }
                return known;
            }

            private Expr compute(Expr node) {
                if (node instanceof Expr.Reduce reduce) {
                    return node != root && fits(node) && !isOfThesePoints(reduce) ? entryOf(node) : inPlace(reduce);
                }
                return node != root && isRepeated(node) ? entryOf(node) : Rebuild.with(exprs, node, this::apply);
            }

            /** Whether a reduction is needed at these points of this goal, and nowhere else. */
            private boolean isOfThesePoints(Expr.Reduce reduce) {
                return goal
                        && bound == points
                        && exprs.freeIndices(reduce).equals(points)
                        && occurrences.getOrDefault(canonical(reduce), 0) == 1;
            }

            private Expr inPlace(Expr.Reduce reduce) {
                Set<Expr.Index> inner = new LinkedHashSet<>(bound);
                inner.add(reduce.index());
                Round round = new Round(inner);
                Expr.Index index = (Expr.Index) round.apply(reduce.index());
                if (bound == points) {
                    loops.add(index.extent());
                }
                return exprs.reduce(reduce.op(), index, round.apply(reduce.body()));
            }

            /** Whether a costly value would be computed repeatedly, for indices that it does not depend on. */
            private boolean isRepeated(Expr node) {
                Set<Expr.Index> free = exprs.freeIndices(node);
                if (node.type() != Type.FLOAT || free.size() >= bound.size() || !fits(node)) {
                    return false;
                }
                boolean varies = bound == points ? !free.isEmpty() : !points.containsAll(free);
                return varies ? isCostly(node) : free.isEmpty() && costs.of(node) >= WORTH_A_STEP;
            }
        }
    }
}
