package dev.lossforge.runtime.tornadovm.internal.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A graph whose plan, when closed, frees all arrays of its tasks. TornadoVM frees only what a graph transfers. Arrays
 * that tasks only pass to each other would stay as long as the JVM runs. This graph therefore declares them as kept on
 * the device and fetched on request.
 */
final class OwningGraph extends TaskGraph {
    private final Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

    OwningGraph(String name) {
        super(name);
    }

    /**
     * Notes the arrays of a task that was added.
     *
     * @param task its name after the graph's name and a dot; TornadoVM assumes this form for every name that begins
     *     like the graph's
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
