package dev.lossforge.runtime.internal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message in protobuf's wire format, read by the definition of the format: values by field, in order. */
final class ProtobufReader {
    private final Map<Integer, List<Object>> fields = new LinkedHashMap<>();

    ProtobufReader(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(rest);
                case 2 -> {
                    byte[] content = new byte[(int) varint(rest)];
                    rest.get(content);
                    yield content;
                }
                case 5 -> rest.getFloat();
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            };
            fields.computeIfAbsent((int) (tag >>> 3), field -> new ArrayList<>())
                    .add(value);
        }
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private List<Object> all(int field) {
        return fields.getOrDefault(field, List.of());
    }

    List<Long> numbers(int field) {
        return all(field).stream().map(Long.class::cast).toList();
    }

    List<Float> floats(int field) {
        return all(field).stream().map(Float.class::cast).toList();
    }

    List<byte[]> bytes(int field) {
        return all(field).stream().map(byte[].class::cast).toList();
    }

    List<String> texts(int field) {
        return bytes(field).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    List<ProtobufReader> messages(int field) {
        return bytes(field).stream().map(ProtobufReader::new).toList();
    }

    ProtobufReader message(int field) {
        return messages(field).getFirst();
    }
}
