package dev.lossforge.runtime.tornadovm.internal.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A graph whose plan, when it is closed, frees all that the tasks work on. TornadoVM frees only what a graph transfers,
 * and would keep what its tasks leave for each other as long as the JVM runs; so that is declared as kept on the
 * device, to be fetched when somebody asks for it.
 */
final class OwningGraph extends TaskGraph {
    private final Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

    OwningGraph(String name) {
        super(name);
    }

    /**
     * Notes the arrays of a task that was added.
     *
     * @param task its name after the graph's and a dot: TornadoVM takes a name that begins as the graph's for such a
     *     one
     */
    void own(String task) {
        for (Object argument : taskGraphImpl.getTask(task).getArguments()) {
            if (argument instanceof TornadoNativeArray) {
                arrays.add(argument);
            }
        }
    }

    @Override
    public ImmutableTaskGraph snapshot() {
        Set<Object> left = Collections.newSetFromMap(new IdentityHashMap<>());
        left.addAll(arrays);
        left.removeAll(getArgumentsLookup());
        if (!left.isEmpty()) {
            persistOnDevice(left.toArray());
        }
        return super.snapshot();
    }
}
