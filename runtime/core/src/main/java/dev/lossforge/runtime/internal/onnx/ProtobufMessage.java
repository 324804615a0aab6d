package dev.lossforge.runtime.internal.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One message in protobuf's wire format: fields one after the other, each with its number and its kind.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>
 */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a whole number; negative ones take ten bytes. */
    ProtobufMessage with(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    ProtobufMessage with(int field, float value) {
        tag(field, FIXED_32);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    ProtobufMessage with(int field, String value) {
        return with(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtobufMessage with(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    ProtobufMessage with(int field, ProtobufMessage value) {
        return with(field, value.toBytes());
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void tag(int field, int kind) {
        varint((long) field << 3 | kind);
    }

    /** Writes seven bits in each byte, the lowest first; the highest bit means that more bytes follow. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
