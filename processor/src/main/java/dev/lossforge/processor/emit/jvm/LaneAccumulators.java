package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.VectorFunctions;
import dev.lossforge.processor.vector.VectorGraph;
import dev.lossforge.processor.vector.VectorNode;
import dev.lossforge.processor.vector.VectorOp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The reductions of {@link LaneLines}: each lane has an entry of its own in the blocks of an accumulator. Within one
 * vector loop the entries stay in registers.
 */
final class LaneAccumulators {
    private final VectorCalls calls;
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> positions = new HashMap<>();
    private final Map<Place, VectorNode> pending = new LinkedHashMap<>();

    LaneAccumulators(VectorCalls calls) {
        this.calls = calls;
    }

    /** Sets an accumulator to the identity element of its reduction. */
    void start(Statement.Start s, VectorLoop loop) {
        VectorGraph graph = loop.graph();
        boolean ints = s.accumulator().type() == Type.INT;
        pending.put(
                value(s.accumulator()),
                switch (s.op()) {
                    case SUM -> ints ? graph.constant(0) : graph.constant(0f);
                    case MAX -> ints ? graph.constant(Integer.MIN_VALUE) : graph.constant(Float.NEGATIVE_INFINITY);
                    case MIN -> ints ? graph.constant(Integer.MAX_VALUE) : graph.constant(Float.POSITIVE_INFINITY);
                    case ARG_MAX -> graph.constant(Float.NEGATIVE_INFINITY);
                    case ARG_MIN -> graph.constant(Float.POSITIVE_INFINITY);
                    case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM ->
                        throw new IllegalArgumentException("not for lanes: " + s.op());
                });
        if (hasPosition(s.op())) {
            pending.put(position(s.accumulator()), graph.constant(-1));
        }
    }

    /** Whether a reduction was started here, so that each lane has its own. */
    boolean areOf(Expr.Local accumulator) {
        return values.containsKey(accumulator.name());
    }

    private static boolean hasPosition(ReduceOp op) {
        return op == ReduceOp.ARG_MAX || op == ReduceOp.ARG_MIN;
    }

    /** Takes one more value of each lane. */
    void take(Statement.Accumulate a, VectorNode value, VectorNode index, VectorLoop loop) {
        Place place = value(a.accumulator());
        VectorNode before = current(place, loop);
        VectorGraph graph = loop.graph();
        switch (a.op()) {
            case SUM -> pending.put(place, VectorFunctions.binary(graph, BinaryOp.ADD, before, value));
            case MAX ->
                pending.put(
                        place,
                        VectorGraph.isMagnitude(value)
                                ? graph.maxOfMagnitudes(before, value)
                                : VectorFunctions.binary(graph, BinaryOp.MAX, before, value));
            case MIN -> pending.put(place, VectorFunctions.binary(graph, BinaryOp.MIN, before, value));
            case ARG_MAX -> displace(a, graph.less(before, value), before, value, index, loop);
            case ARG_MIN -> displace(a, graph.less(value, before), before, value, index, loop);
            case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM ->
                throw new IllegalArgumentException("not for lanes: " + a.op());
        }
    }

    /** The first value has a position whatever it is, and the first NaN stays. */
    private void displace(
            Statement.Accumulate a,
            VectorNode better,
            VectorNode before,
            VectorNode value,
            VectorNode index,
            VectorLoop loop) {
        VectorGraph graph = loop.graph();
        Place place = position(a.accumulator());
        VectorNode position = current(place, loop);
        VectorNode firstNan = graph.and(graph.isNan(value), graph.equal(before, before));
        VectorNode first = graph.operation(VectorOp.INT_LESS, position, graph.constant(0));
        VectorNode displaced = graph.or(graph.or(better, firstNan), first);
        pending.put(value(a.accumulator()), graph.blend(displaced, value, before));
        pending.put(place, graph.blend(displaced, index, position));
    }

    private VectorNode current(Place place, VectorLoop loop) {
        VectorNode node = pending.get(place);
        return node == null ? loop.load(place) : node;
    }

    /** What an accumulator has taken so far. */
    VectorNode running(Statement.Running r, VectorLoop loop) {
        return current(value(r.accumulator()), loop);
    }

    /** Writes what this loop has taken to the blocks. */
    void store(VectorLoop loop) {
        pending.forEach((place, node) -> loop.store(place, node, false));
        pending.clear();
    }

    /** Where the result of a reduction stands after its loop. */
    Place place(Statement.Finish f) {
        return hasPosition(f.op()) ? position(f.accumulator()) : value(f.accumulator());
    }

    /** Where what an accumulator has taken so far stands after its loop. */
    Place place(Statement.Running r) {
        return value(r.accumulator());
    }

    /** The result of a reduction that has changed in this loop. */
    Optional<VectorNode> pending(Statement.Finish f) {
        return Optional.ofNullable(pending.get(place(f)));
    }

    private Place value(Expr.Local accumulator) {
        boolean ints = accumulator.type() == Type.INT;
        return values.computeIfAbsent(accumulator.name(), name -> VectorCalls.place(calls.block(name, ints), ints));
    }

    private Place position(Expr.Local accumulator) {
        return positions.computeIfAbsent(
                accumulator.name(), name -> VectorCalls.place(calls.block(name + "Position", true), true));
    }
}
