package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC-32C of data: for each, its extents and then its values, in big-endian order. */
final class DataChecksum {
    /** The number of values processed at a time. */
    private static final int CHUNK = 1 << 14;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Integer.BYTES);

    /**
     * The checksum of a dataset, or of the beginning of a stream.
     *
     * @param streamed the number of samples of the stream; 0 for data in memory
     * @param buffer the size of the stream's buffer
     */
    static long of(Batch beginning, int streamed, int buffer) {
        DataChecksum checksum = new DataChecksum();
        beginning.namedInputs().values().forEach(checksum::add);
        beginning.namedTargets().values().forEach(checksum::add);
        beginning.weighting().weights().forEach((target, weights) -> {
            if (!target.equals(Batch.Weighting.ALL)) {
                checksum.add(name(target));
            }
            checksum.add(weights);
        });
        beginning.weighting().masks().forEach((target, mask) -> {
            checksum.add(name("mask of " + target)); // not taken for weights
            checksum.add(mask);
        });
        if (streamed > 0) {
            checksum.add(IntTensor.vector(streamed, buffer));
        }
        return checksum.crc.getValue();
    }

    private static IntTensor name(String name) {
        return IntTensor.vector(name.chars().toArray());
    }

    private void add(Data data) {
        add(data.shape().toArray());
        switch (data) {
            case Tensor floats -> add(floats.array());
            case IntTensor ints -> add(ints.array());
        }
    }

    private void add(int[] values) {
        for (int from = 0; from < values.length; from += CHUNK) {
            int length = Math.min(CHUNK, values.length - from);
            chunk.clear().asIntBuffer().put(values, from, length);
            crc.update(chunk.limit(length * Integer.BYTES));
        }
    }

    private void add(float[] values) {
        for (int from = 0; from < values.length; from += CHUNK) {
            int length = Math.min(CHUNK, values.length - from);
            chunk.clear().asFloatBuffer().put(values, from, length);
            crc.update(chunk.limit(length * Float.BYTES));
        }
    }
}
