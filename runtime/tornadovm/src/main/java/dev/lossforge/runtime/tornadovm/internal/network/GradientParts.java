package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The places where layers store the gradients of their parameters. A layer with few parameters would keep only a few
 * groups busy with long sums. It therefore divides the batch into parts, each with its own gradient; a later task adds
 * these up.
 */
public final class GradientParts {
    /** Enough groups to fill a large device. */
    private static final int WANTED_GROUPS = 256;

    private static final int MAX_PARTS = 64;

    private final List<Block> blocks = new ArrayList<>();
    private long size;

    /**
     * The parts of a block of parameters.
     *
     * @param offset the position of the first parameter among all
     * @param size the number of the parameters
     * @param count the number of its parts; 0 if the layer is frozen
     * @param first the start of its first part
     */
    public record Block(int offset, int size, int count, int first) {}

    /** Reserves room for gradients that are computed as a whole. */
    public Block addWhole(int offset, int parameters) {
        return add(offset, parameters, WANTED_GROUPS, 1, false);
    }

    /**
     * Reserves room for a layer's gradients, or none if the layer is frozen.
     *
     * @param groups the number of work-groups that one part keeps busy
     */
    Block add(int offset, int parameters, int groups, int samples, boolean frozen) {
        int wanted = Math.clamp(WANTED_GROUPS / groups, 1, Math.min(samples, MAX_PARTS));
        int count = frozen ? 0 : wanted;
        Block block = new Block(offset, parameters, count, (int) size);
        size += (long) parameters * count;
        if (size > 1 << 30) {
            throw new BackendException(
                    "The model has too many trainable values for a device; make its layers smaller.");
        }
        blocks.add(block);
        return block;
    }

    /** The array for all parts, after all layers were added. */
    FloatArray array() {
        return new FloatArray(Math.max(1, (int) size));
    }

    /** Offset, size, number of parts and first part of every block, after the number of blocks. */
    public IntArray table() {
        IntArray table = new IntArray(1 + 4 * blocks.size());
        table.set(0, blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            table.set(1 + 4 * i, block.offset());
            table.set(2 + 4 * i, block.size());
            table.set(3 + 4 * i, block.count());
            table.set(4 + 4 * i, block.first());
        }
        return table;
    }
}
