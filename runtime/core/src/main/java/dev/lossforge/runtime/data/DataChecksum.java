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

    void add(Data data) {
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

    long value() {
        return crc.getValue();
    }
}
