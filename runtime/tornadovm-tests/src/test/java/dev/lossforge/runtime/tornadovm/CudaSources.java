package dev.lossforge.runtime.tornadovm;

import dev.lossforge.losses.ElasticNetRegularizer;
import dev.lossforge.losses.L1Regularizer;
import dev.lossforge.losses.L2Regularizer;
import dev.lossforge.losses.OrthogonalRegularizer;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import dev.lossforge.samples.mnist.MnistCnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Has TornadoVM's CUDA backend write the CUDA C of every kernel for a virtual device: no GPU is needed, and nothing is
 * run. {@code benchmarks/gpu/check-cuda} starts it and compiles what it writes.
 *
 * <p>Argument: the file that TornadoVM adds kernels to, where a line that begins with {@code ///} says whose those
 * after it are.
 */
final class CudaSources {
    private static final int GROUP = 1024;
    private static final int SAMPLES = 12;

    private final Path file;
    private final Device device;

    private CudaSources(Path file, Device device) {
        this.file = file;
        this.device = device;
    }

    public static void main(String[] arguments) throws Exception {
        TornadoDevice handle =
                TornadoRuntimeProvider.getTornadoRuntime().getBackend(0).getDevice(0);
        // A virtual device knows neither its memory nor the size of its groups.
        Device device = new Device("0:0", "virtual", TornadoDeviceType.GPU, handle.getPlatformName(), 0, GROUP, handle);
        CudaSources sources = new CudaSources(Path.of(arguments[0]), device);
        sources.catalogue();
        sources.formsOfTests();
        sources.models();
        System.exit(0);
    }

    private void catalogue() throws Exception {
        for (Class<? extends LossFunction> type : Catalogue.losses()) {
            for (int columns : CatalogueTest.columns(Catalogue.create(type, 1))) {
                LossFunction loss = Catalogue.create(type, columns);
                loss(loss, CatalogueTest.inputs(loss, SAMPLES, columns, new SplittableRandom(1)), columns);
            }
        }
    }

    /** Losses with functions and loops that no loss of the catalogue has, and with trainable hyperparameters. */
    private void formsOfTests() throws IOException {
        Stream<LossCase> plain = Stream.of(DeviceLossTest.forms(), DeviceLossTest.functions(), DeviceLossTest.batches())
                .flatMap(c -> c);
        for (LossCase of : plain.toList()) {
            ofTest(of, 3);
        }
        for (Arguments trainable : DeviceLossTest.trainable().toList()) {
            ofTest((LossCase) trainable.get()[0], (int) trainable.get()[1]);
        }
    }

    private void ofTest(LossCase of, int columns) throws IOException {
        loss(of.loss(), LossComparison.random(of.loss(), SAMPLES, columns, 0, 1, new SplittableRandom(1)), columns);
    }

    private void loss(LossFunction loss, LossInputs inputs, int columns) throws IOException {
        BoundLoss bound = BoundLoss.of(loss, inputs);
        for (Derivatives derivatives : Derivatives.values()) {
            Tasks tasks = new Tasks("loss", device.largestGroup());
            new LossTasks(
                            loss.signature(),
                            GeneratedKernels.of(loss),
                            LossTasks.count(loss.signature(), bound.frame(), bound.units()),
                            LossTasks.extents(loss.signature(), bound.frame()),
                            true,
                            true,
                            tasks)
                    .add(tasks, loss.name(), derivatives, new FloatArray(1), 0);
            write(loss + " of " + columns + " columns, " + derivatives, tasks);
        }
    }

    private void models() throws IOException {
        for (var model : LayerTest.models().entrySet()) {
            model(
                    model.getKey(),
                    model.getValue().build(),
                    CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0));
        }
        CompileSpec plain = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0);
        model("images", DeviceLayersTest.images(3), plain);
        model("sequences", DeviceLayersTest.sequences(3), plain);
        model(
                "MNIST",
                MnistCnn.build(1).architecture(),
                CompileOptions.of(Adam.of(), new SquaredErrorLoss()).spec(0));
        for (Optimizer optimizer : TrainingTest.optimizers().toList()) {
            CompileSpec spec = CompileOptions.of(optimizer, new SquaredErrorLoss())
                    .withPenalty(0.1, new L1Regularizer())
                    .withPenalty(0.1, new L2Regularizer())
                    .withPenalty(0.1, new ElasticNetRegularizer(0.3f))
                    .withPenalty(0.1, new GroupLassoRegularizer())
                    .withPenalty(0.1, new OrthogonalRegularizer())
                    .spec(0);
            model(optimizer.toString(), TrainingTest.MODEL, spec);
        }
        for (GradientClipping clipping : DeviceClippingTest.clippings()) {
            CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss())
                    .withClipping(clipping)
                    .spec(0);
            model(clipping.toString(), TrainingTest.MODEL, spec);
        }
    }

    private void model(String what, Architecture architecture, CompileSpec spec) throws IOException {
        Tensor outputs = Tensor.zeros(architecture.outputShape().batchOf(SAMPLES));
        LossShape shape = LossShape.of(BoundLoss.of(spec.loss(), LossInputs.of(outputs, outputs)), SAMPLES);
        DeviceProgram program = DeviceProgram.of(architecture, spec, device);
        ModelState state = new ModelState(architecture, spec);
        List<LossShape> shapes = List.of(shape);
        write(what + ", training", new BatchGraph(program, state, SAMPLES, shapes, BatchGraph.Purpose.TRAIN).tasks());
        write(
                what + ", evaluation",
                new BatchGraph(program, state, SAMPLES, shapes, BatchGraph.Purpose.EVALUATE).tasks());
    }

    private void write(String whose, Tasks tasks) throws IOException {
        Files.writeString(file, "/// " + whose + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        GridScheduler grids = new GridScheduler();
        try (TornadoExecutionPlan plan =
                new TornadoExecutionPlan(tasks.graph(grids).snapshot())) {
            plan.withDevice(device.handle()).withGridScheduler(grids).withPreCompilation();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(whose, e);
        }
    }
}
