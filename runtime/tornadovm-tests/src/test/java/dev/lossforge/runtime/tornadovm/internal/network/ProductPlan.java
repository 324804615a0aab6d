package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.Devices;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The plan of one product kernel in tiles of one size, for convolutions of any size up to a capacity. */
final class ProductPlan implements AutoCloseable {
    /** The most inputs, outputs, or parts of gradients. */
    static final int CAPACITY = 1 << 20;
    /** What the product's array holds before. */
    static final float UNWRITTEN = 12345;

    private static final int GROUPS = 1 << 13;

    private final Kind kind;
    private final ProductTile tile;
    private final FloatArray left = new FloatArray(CAPACITY);
    private final FloatArray right = new FloatArray(CAPACITY);
    private final FloatArray gate = new FloatArray(CAPACITY);
    private final FloatArray product = new FloatArray(CAPACITY);
    private final IntArray winners = new IntArray(CAPACITY);
    private final IntArray shape = new IntArray(ProductShape.SIZE);
    private final IntArray batch = new IntArray(1);
    private final TornadoExecutionPlan plan;

    enum Kind {
        FORWARD,
        POOLED,
        INPUT_GRADIENT,
        PARAMETER_GRADIENT
    }

    ProductPlan(Kind kind, ProductTile tile) {
        this.kind = kind;
        this.tile = tile;
        Tasks tasks = new Tasks("product", Devices.first().largestGroup());
        tasks.changing(left, right, gate, shape, batch);
        tasks.overItems(
                "fill", CAPACITY, (graph, task, c) -> graph.task(task, ProductPlan::fill, c, product, CAPACITY));
        tasks.inGroups(
                "product",
                GROUPS,
                tile.items(),
                (graph, task, c) -> graph.task(
                        task,
                        ProductKernel::multiply,
                        c,
                        left,
                        right,
                        gate,
                        product,
                        winners,
                        shape,
                        batch,
                        kind == Kind.PARAMETER_GRADIENT ? 1 : 0,
                        kind == Kind.INPUT_GRADIENT ? 1 : 0,
                        tile.rows(),
                        tile.columns(),
                        kind == Kind.POOLED ? 1 : 0));
        GridScheduler grids = new GridScheduler();
        this.plan = new TornadoExecutionPlan(tasks.graph(grids)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, product, winners)
                .snapshot());
        plan.withDevice(Devices.first().handle()).withGridScheduler(grids);
    }

    /** On the device, since what a kernel only writes is not brought there. */
    static void fill(KernelContext c, FloatArray array, int size) {
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            array.set(at, UNWRITTEN);
        }
    }

    /** The product of a convolution; parts of it, where it has some, added up. */
    float[] run(Convolution of, int partCount) {
        AffineShape layer = of.layer;
        int parts = Math.min(partCount, of.samples);
        ProductShape described = switch (kind) {
            case FORWARD -> ProductShape.forward(layer, 1, of.samples, tile);
            case POOLED -> ProductShape.forward(layer, 2, of.samples, tile);
            case INPUT_GRADIENT -> ProductShape.inputGradient(layer, true, of.samples, tile);
            case PARAMETER_GRADIENT ->
                ProductShape.parameterGradient(
                        layer, new GradientParts.Block(0, layer.parameters(), parts, 0), of.samples, tile);
        };
        if (described.groups() > GROUPS) {
            throw new IllegalArgumentException(layer + " has " + described.groups() + " tiles");
        }
        for (int i = 0; i < ProductShape.SIZE; i++) {
            shape.set(i, described.numbers().get(i));
        }
        batch.set(0, of.samples);
        HostArrays.copy(kind == Kind.INPUT_GRADIENT ? of.outputGradients : of.inputs, left);
        HostArrays.copy(kind == Kind.PARAMETER_GRADIENT ? of.outputGradients : of.parameters, right);
        HostArrays.copy(of.inputs, gate);
        plan.execute();
        float[] result = product.toHeapArray();
        return kind == Kind.PARAMETER_GRADIENT ? sum(result, layer.parameters(), parts) : result;
    }

    private static float[] sum(float[] parts, int size, int count) {
        float[] sum = Arrays.copyOf(parts, size);
        for (int i = size; i < size * count; i++) {
            sum[i % size] += parts[i];
        }
        return sum;
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }
}
