package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What does not compile, does not fit, or is not there ends in an exception that names it, never in wrong numbers. */
class DeviceFailureTest {
    private static final Architecture LAYER =
            Architecture.input(3).add(Dense.of(2)).build();

    @Test
    void aKernelThatDoesNotCompileIsNamedWithItsLossItsDeviceAndTheReason() {
        BrokenLoss loss = new BrokenLoss();
        Device device = Devices.first();
        Batch batch = Batch.of(Tensor.zeros(4, 3), Tensor.zeros(4, 2));
        try (CompiledModel model = new TornadoBackend()
                .compile(LAYER, CompileOptions.of(Sgd.of(1), loss).spec(0))) {
            Map<String, Tensor> before = model.parameters();
            // Twice: the failure leaves the model in a state that can be closed, and used.
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> model.trainStep(batch))
                        .isInstanceOf(DeviceException.class)
                        .hasMessageContaining("broken(p, y)")
                        .hasMessageContaining("It cannot compile the task 'broken'")
                        .hasMessageContaining(device.id() + " (" + device.name() + ")")
                        .hasMessageContaining("): ")
                        .hasCauseInstanceOf(Throwable.class);
            }
            model.parameters()
                    .forEach((name, tensor) -> assertThat(tensor.array())
                            .containsExactly(before.get(name).array()));
        }
        try (DeviceLoss alone = DeviceLoss.of(loss, device)) {
            assertThatThrownBy(() -> alone.run(
                            BoundLoss.of(loss, LossInputs.of(Tensor.zeros(4), Tensor.zeros(4)))
                                    .frame(),
                            0,
                            4))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("It cannot compile the task 'broken'");
        }
    }

    @Test
    void everyGridIsAMultipleOfItsGroups() {
        FloatArray array = new FloatArray(1);
        Tasks tasks = new Tasks("grids", 64);
        tasks.overItems("none", 0, task(array));
        tasks.overItems("few", 65, task(array));
        tasks.overItems("many", 1L << 40, task(array));
        tasks.inGroups("groups", 3, tasks.groupSize(256), task(array));
        GridScheduler grids = new GridScheduler();
        tasks.graph(grids);
        assertThat(grids.keySet()).hasSize(4);
        for (String name : grids.keySet()) {
            WorkerGrid grid = grids.get(name);
            assertThat(grid.getLocalWork()[0]).as(name).isEqualTo(64);
            assertThat(grid.getGlobalWork()[0]).as(name).isPositive();
            assertThat(grid.getGlobalWork()[0] % 64).as(name).isZero();
        }
    }

    @Test
    void aGridThatDoesNotFitIsRefusedBeforeItIsLaunched() {
        Tasks tasks = new Tasks("grids", 64);
        for (int[] grid : new int[][] {{0, 64}, {1, 0}, {1, 65}, {1 << 26, 64}}) {
            assertThatThrownBy(() -> tasks.inGroups("wide", grid[0], grid[1], task(new FloatArray(1))))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("'wide'")
                    .hasMessageContaining(grid[0] + " groups of " + grid[1])
                    .hasMessageContaining("1 to 64");
        }
    }

    private static Tasks.Addition task(FloatArray array) {
        return (TaskGraph graph, String name, KernelContext c) -> graph.task(name, DeviceFailureTest::first, c, array);
    }

    static void first(KernelContext c, FloatArray array) {
        if (c.globalIdx == 0) {
            array.set(0, 1f);
        }
    }
}
