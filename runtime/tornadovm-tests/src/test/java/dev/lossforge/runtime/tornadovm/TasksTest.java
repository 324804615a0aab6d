package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.tornadovm.internal.plan.PartialSums;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What TornadoVM makes of the names of tasks, which come from losses and layers. */
class TasksTest {

    @Test
    void aTaskMayBeNamedAsItsGraph() throws TornadoExecutionPlanException {
        FloatArray partials = FloatArray.fromElements(1f, 2f);
        FloatArray results = new FloatArray(1);
        Tasks tasks = new Tasks("total", Devices.first().largestGroup());
        tasks.constant(partials);
        PartialSums.add(tasks, "total", partials, results, 0);
        GridScheduler grids = new GridScheduler();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.graph(grids)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, results)
                .snapshot())) {
            plan.withGridScheduler(grids).execute();
        }
        assertThat(results.get(0)).isEqualTo(3f);
    }
}
