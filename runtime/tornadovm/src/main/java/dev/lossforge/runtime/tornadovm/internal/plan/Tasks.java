package dev.lossforge.runtime.tornadovm.internal.plan;

import dev.lossforge.runtime.backend.BackendException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * The tasks of one graph in the order in which they run, each with a grid, and the arrays that are copied to the
 * device. Without a grid, a task would silently compute only its first item. With a grid whose size is not a multiple
 * of the group size, it would silently compute nothing. This class gives every task a grid that fits.
 */
public final class Tasks {
    private static final int ITEMS_PER_GROUP = 128;
    /** The maximum number of groups. With more items, a work-item takes several. */
    private static final int MAX_GROUPS = 1 << 14;

    private final String name;
    private final int largestGroup;
    private final KernelContext context = new KernelContext();
    private final List<Object> constants = new ArrayList<>();
    private final List<Object> changing = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private record Task(String name, WorkerGrid grid, Addition addition) {}

    /** Adds the task of this name to a graph. */
    @FunctionalInterface
    public interface Addition {
        TaskGraph addTo(TaskGraph graph, String task, KernelContext context);
    }

    /** @param largestGroup the maximum number of work-items in a group of the device */
    public Tasks(String name, int largestGroup) {
        this.name = name;
        this.largestGroup = largestGroup;
    }

    /** The wanted group size (a power of two), capped at what the device allows. */
    public int groupSize(int wanted) {
        return Math.min(wanted, Integer.highestOneBit(largestGroup));
    }

    /** Copies these arrays to the device once. */
    public void constant(Object... arrays) {
        constants.addAll(List.of(arrays));
    }

    /** Copies these arrays to the device before each run. */
    public void changing(Object... arrays) {
        changing.addAll(List.of(arrays));
    }

    /** Adds a task whose work-items stride over this number of items. */
    public void overItems(String task, long items, Addition addition) {
        int local = groupSize(ITEMS_PER_GROUP);
        inGroups(task, Math.clamp(Math.ceilDiv(items, local), 1, MAX_GROUPS), local, addition);
    }

    /** Adds a task with this number of groups. */
    public void inGroups(String task, int groups, int local, Addition addition) {
        if (groups < 1 || local < 1 || local > largestGroup || (long) groups * local > Integer.MAX_VALUE) {
            throw new BackendException("The task '" + task + "' asks for " + groups + " groups of " + local
                    + " work-items, but the device takes groups of 1 to " + largestGroup + ".");
        }
        WorkerGrid grid = new WorkerGrid1D(groups * local);
        grid.setLocalWork(local, 1, 1);
        tasks.add(new Task(unique(task), grid, addition));
    }

    /** Avoids dots: TornadoVM interprets a dot in a task's name as the end of the graph's name. */
    private String unique(String task) {
        String legal = task.replaceAll("[^A-Za-z0-9_]", "_");
        String free = legal;
        for (int i = 2; !names.add(free); i++) {
            free = legal + "_" + i;
        }
        return free;
    }

    /** A graph of all tasks, and their grids. */
    public TaskGraph graph(GridScheduler grids) {
        return complete(new OwningGraph(name), tasks, grids);
    }

    /** The same graph, taking over the arrays that another graph of the plan left on the device. */
    public TaskGraph graphAfter(String other, GridScheduler grids, Object... arrays) {
        OwningGraph graph = new OwningGraph(name);
        graph.consumeFromDevice(other, arrays);
        return complete(graph, tasks, grids);
    }

    private TaskGraph complete(OwningGraph graph, List<Task> chosen, GridScheduler grids) {
        if (!constants.isEmpty()) {
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, distinct(constants));
        }
        if (!changing.isEmpty()) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, distinct(changing));
        }
        for (Task task : chosen) {
            grids.addWorkerGrid(name + "." + task.name(), task.grid());
            task.addition().addTo(graph, task.name(), context);
            graph.own(name + "." + task.name());
        }
        return graph;
    }

    private static Object[] distinct(List<Object> arrays) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return arrays.stream().filter(seen::add).toArray();
    }

    /** The name of the first task that TornadoVM cannot compile for the device in a graph of its own. */
    public Optional<String> firstUncompilable(TornadoDevice device) {
        return tasks.stream()
                .filter(task -> !compiles(task, device))
                .map(Task::name)
                .findFirst();
    }

    private boolean compiles(Task task, TornadoDevice device) {
        GridScheduler grids = new GridScheduler();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(
                complete(new OwningGraph(name), List.of(task), grids).snapshot())) {
            plan.withDevice(device).withGridScheduler(grids).withPreCompilation();
            return true;
        } catch (RuntimeException | Error | TornadoExecutionPlanException e) {
            return false;
        }
    }
}
