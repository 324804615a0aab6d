package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.UniformFactors;
import dev.lossforge.processor.vector.VectorGraph;
import dev.lossforge.processor.vector.VectorKind;
import dev.lossforge.processor.vector.VectorNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A loop over successive lanes without anything nested: what it computes, and what it does with that. */
final class VectorLoop {
    private VectorGraph graph = new VectorGraph();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Accumulation> accumulations = new ArrayList<>();
    private Optional<Accumulation> rare = Optional.empty();

    /**
     * Successive entries of an array: lane k is {@code array[offset + k]}.
     *
     * @param array the variable
     * @param offset a variable or a number
     * @param padded whether whole vectors may be read and written beyond the last lane
     */
    record Place(String array, boolean ints, String offset, boolean padded) {}

    /** A variable that is the same in all lanes. */
    record Uniform(String variable, Type type) {}

    /** The number of the lane, from 0. */
    enum Position {
        LANE
    }

    /** What a loop does with values. */
    sealed interface Effect {
        List<VectorNode> operands();

        /** How many operations on vectors it makes, besides those that make its operands. */
        int operations();

        /** The same with other operands. */
        Effect of(UnaryOperator<VectorNode> other);

        /** Writes a value, or adds it to what is there. */
        record Store(Place target, VectorNode value, boolean adds) implements Effect {
            @Override
            public List<VectorNode> operands() {
                return List.of(value);
            }

            @Override
            public int operations() {
                return adds ? 3 : 1;
            }

            @Override
            public Store of(UnaryOperator<VectorNode> other) {
                return new Store(target, other.apply(value), adds);
            }
        }

        /** Takes a value of each lane into a reduction; one that yields a position takes the lane's number, too. */
        record Accumulate(Accumulation accumulation, List<VectorNode> operands) implements Effect {
            @Override
            public int operations() {
                return switch (accumulation.kind()) {
                    case SUM, MAX_MAGNITUDE, ANY -> 1;
                    case MAX, MIN -> 4;
                    case ARG_MAX, ARG_MIN -> 7;
                };
            }

            @Override
            public Accumulate of(UnaryOperator<VectorNode> other) {
                return new Accumulate(accumulation, operands.stream().map(other).toList());
            }
        }
    }

    /**
     * A reduction over all lanes.
     *
     * @param result where in the loop's results its result is; of the position of an extreme value, the value, and
     *     behind it the number of its lane
     */
    record Accumulation(Kind kind, boolean ints, int result) {

        boolean hasPosition() {
            return kind == Kind.ARG_MAX || kind == Kind.ARG_MIN;
        }
    }

    /** How values of lanes are combined. */
    enum Kind {
        SUM,
        MAX,
        /** The greatest of magnitudes, found among their bits. */
        MAX_MAGNITUDE,
        MIN,
        ARG_MAX,
        ARG_MIN,
        /** 1 if a mask holds in any lane, 0 otherwise. */
        ANY;

        static Kind of(ReduceOp op) {
            return switch (op) {
                case SUM -> SUM;
                case MAX -> MAX;
                case MIN -> MIN;
                case ARG_MAX -> ARG_MAX;
                case ARG_MIN -> ARG_MIN;
                case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM ->
                    throw new IllegalArgumentException("not for lanes: " + op);
            };
        }
    }

    /**
     * Whether a reduction can run in lanes. A product of floats may overflow on the way, where one of doubles does not.
     */
    static boolean supports(Statement.Accumulate a) {
        return switch (a.op()) {
            case SUM, MAX, MIN -> true;
            case ARG_MAX, ARG_MIN -> a.value().type() == Type.FLOAT;
            case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> false;
        };
    }

    VectorGraph graph() {
        return graph;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    VectorNode load(Place place) {
        return graph.leaf(place, place.ints() ? VectorKind.INT : VectorKind.FLOAT);
    }

    VectorNode uniform(String variable, Type type) {
        return graph.leaf(
                new Uniform(variable, type),
                switch (type) {
                    case FLOAT -> VectorKind.FLOAT;
                    case INT -> VectorKind.INT;
                    case BOOLEAN -> VectorKind.MASK;
                });
    }

    /** What memory holds for a value: a mask is kept as 1 or 0. */
    VectorNode number(VectorNode value) {
        return value.kind() == VectorKind.MASK ? graph.blend(value, graph.constant(1f), graph.constant(0f)) : value;
    }

    /** The value that was kept as a number. */
    VectorNode value(VectorNode number, Type type) {
        return type == Type.BOOLEAN ? graph.not(graph.equal(number, graph.constant(0f))) : number;
    }

    VectorNode position() {
        return graph.leaf(Position.LANE, VectorKind.INT);
    }

    void store(Place target, VectorNode value, boolean adds) {
        effects.add(new Effect.Store(target, value, adds));
    }

    /**
     * Reduces a value over all lanes; the reduction's results follow those of the ones before. A reduction that is
     * there already is that one.
     */
    Accumulation accumulate(Kind kind, VectorNode value) {
        if (kind != Kind.MAX) {
            return take(kind, value);
        }
        if (VectorGraph.isMagnitude(value)) {
            return take(Kind.MAX_MAGNITUDE, graph.toBits(value));
        }
        return graph.asMask(value).map(mask -> take(Kind.ANY, mask)).orElseGet(() -> take(kind, value));
    }

    private Accumulation take(Kind kind, VectorNode value) {
        boolean ints = value.kind() == VectorKind.INT && kind != Kind.MAX_MAGNITUDE;
        Accumulation accumulation = new Accumulation(kind, ints, results());
        for (Effect effect : effects) {
            if (effect instanceof Effect.Accumulate known
                    && known.accumulation().kind() == kind
                    && known.operands().getFirst() == value) {
                return known.accumulation();
            }
        }
        accumulations.add(accumulation);
        effects.add(new Effect.Accumulate(
                accumulation, accumulation.hasPosition() ? List.of(value, position()) : List.of(value)));
        return accumulation;
    }

    /**
     * Ends the description: no node made before stands for a value any more. Has the loop tell whether any of its
     * values must be computed by scalar code instead.
     *
     * @param factorNames gives names for variables
     * @return what the loop expects of variables
     */
    UniformFactors.Copy finish(Supplier<String> factorNames) {
        UniformFactors.Copy cheaper = UniformFactors.copy(
                graph,
                effects.stream().flatMap(effect -> effect.operands().stream()).toList(),
                VectorLoop::isUniform,
                factor -> new Uniform(factorNames.get(), Type.FLOAT));
        graph = cheaper.graph();
        effects.replaceAll(effect -> effect.of(cheaper::of));
        rare = graph.rare().stream().reduce(graph::or).map(mask -> accumulate(Kind.ANY, mask));
        return cheaper;
    }

    /** Whether a value is the same in all lanes. */
    static boolean isUniform(VectorNode node) {
        return switch (node) {
            case VectorNode.Constant c -> true;
            case VectorNode.IntConstant c -> true;
            case VectorNode.Leaf leaf -> leaf.key() instanceof Uniform;
            case VectorNode.Operation operation -> operation.operands().stream().allMatch(VectorLoop::isUniform);
        };
    }

    /** The result that is not 0 where a value must be computed by scalar code; none if that never happens. */
    Optional<Integer> rareResult() {
        return rare.map(Accumulation::result);
    }

    List<Accumulation> accumulations() {
        return List.copyOf(accumulations);
    }

    /** The number of results of all reductions. */
    int results() {
        return accumulations.stream().mapToInt(a -> a.hasPosition() ? 2 : 1).sum();
    }
}
