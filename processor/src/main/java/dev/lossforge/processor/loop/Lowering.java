package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a formula and its derivatives into loops. {@code Reduce} disappears; {@code Local} appears. Loops over the same
 * range are fused, shared expressions are computed once, and loop-invariant ones before the loop.
 */
public final class Lowering {

    private final Derivatives derivatives;
    private final ExtentClasses extents;
    private final Exprs exprs;
    private final List<Buffer> buffers = new ArrayList<>();
    private final boolean forDevice;

    private Lowering(Derivatives derivatives, boolean forDevice) {
        this.forDevice = forDevice;
        this.extents = ExtentClasses.of(derivatives);
        this.derivatives = extents.unify(derivatives);
        this.exprs = derivatives.formula().exprs();
    }

    public static LoopNest lower(Derivatives derivatives) {
        return new Lowering(derivatives, false).run();
    }

    /** The same for a device, without buffers: values that a later loop needs are computed again. */
    public static LoopNest lowerForDevice(Derivatives derivatives) {
        return new Lowering(derivatives, true).run();
    }

    /**
     * For a device, the loops of the JVM if these keep states or sort, so that a running sum is no sum for each entry,
     * and a row is sorted once.
     */
    public static LoopNest lowerForDevice(Derivatives derivatives, LoopNest forJvm) {
        boolean keeps = Statements.haveStates(forJvm.statements()) || Orders.occurIn(derivatives);
        return keeps ? forJvm : lowerForDevice(derivatives);
    }

    private LoopNest run() {
        LocalNames names = new LocalNames(exprs);
        Block all = outermost(names);
        List<Task> tasks = new ArrayList<>(List.of(new Task.Value(derivatives.value())));
        plan(all, 1, derivatives.gradient(), tasks);
        plan(all, 2, derivatives.hessian(), tasks);
        List<Statement> statements = schedule(names, all, tasks);
        List<Statement> valueStatements =
                schedule(names, outermost(names), List.of(new Task.Value(derivatives.value())));
        Formula formula = derivatives.formula();
        return new LoopNest(
                formula, extents.ofSeveral(formula.inputs()), List.copyOf(buffers), statements, valueStatements);
    }

    private List<Statement> schedule(LocalNames names, Block block, List<Task> goals) {
        if (forDevice) {
            new Schedule(exprs, names, Optional.empty()).run(block, goals);
            return block.statements();
        }
        List<Buffer> kept = new ArrayList<>();
        boolean matrices = derivatives.formula().scope() == Scope.BATCH;
        RunningExponentials scans = new RunningExponentials(exprs);
        List<Task> steps = goals.stream().map(g -> g.map(scans::apply)).toList();
        List<Task> tasks = new Definitions(exprs, names, extents, steps, kept, matrices).place();
        new Schedule(exprs, names, Optional.of(kept)).run(block, tasks);
        return Independence.marked(Contraction.of(Unused.removed(block.statements()), kept, buffers));
    }

    private Block outermost(LocalNames names) {
        return forDevice ? Block.outermostOfDevice(exprs, names) : Block.outermost(exprs, names);
    }

    private void plan(Block block, int order, List<Contribution> contributions, List<Task> tasks) {
        Map<Input, List<Contribution>> byInput = new LinkedHashMap<>();
        contributions.forEach(
                c -> byInput.computeIfAbsent(c.input(), i -> new ArrayList<>()).add(c));
        byInput.forEach((input, parts) -> {
            Outputs.Plan plan = new Outputs(exprs, extents, !forDevice).plan(order, input, parts);
            if (plan.clearFirst()) {
                block.add(new Statement.Clear(order, input));
            }
            tasks.addAll(plan.tasks());
        });
    }
}
