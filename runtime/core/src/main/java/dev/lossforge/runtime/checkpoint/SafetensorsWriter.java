package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.internal.json.JsonValue.JsonArray;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.internal.json.JsonWriter;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes a file as {@link Safetensors} describes it, in pieces, which avoids a second copy of the tensors. */
final class SafetensorsWriter {
    /** The tensors begin at a multiple of this, for readers that map the file. */
    private static final int ALIGNMENT = 8;

    /** The number of floats written at a time. */
    private static final int PIECE = 1 << 14;

    private final Map<String, Tensor> tensors;
    private final byte[] header;
    private final String sha256;

    SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> notes) {
        this.tensors = tensors;
        this.header = header(tensors, notes);
        this.sha256 = checksum();
        Seal.set(header, Seal.find(header).orElseThrow(), sha256);
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> notes) {
        SequencedMap<String, JsonValue> metadata = new LinkedHashMap<>();
        metadata.put(Seal.NAME, JsonValue.of(Seal.BLANK));
        notes.forEach((name, note) -> metadata.put(name, JsonValue.of(note)));
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        members.put(Safetensors.METADATA, new JsonObject(metadata));
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) Float.BYTES * entry.getValue().size();
            members.put(entry.getKey(), entry(entry.getValue(), offset, end));
            offset = end;
        }
        byte[] json = JsonWriter.compact(new JsonObject(members)).getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
        byte[] header = Arrays.copyOf(json, padded);
        Arrays.fill(header, json.length, padded, (byte) ' ');
        return header;
    }

    private static JsonValue entry(Tensor tensor, long from, long to) {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        members.put("dtype", JsonValue.of("F32"));
        members.put(
                "shape",
                new JsonArray(Arrays.stream(tensor.shape().toArray())
                        .mapToObj(extent -> JsonValue.of((long) extent))
                        .toList()));
        members.put("data_offsets", new JsonArray(List.of(JsonValue.of(from), JsonValue.of(to))));
        return new JsonObject(members);
    }

    private String checksum() {
        MessageDigest digest = Seal.digest();
        try {
            forEachPiece(digest::update);
        } catch (IOException e) {
            throw new IllegalStateException("a digest reads and writes nothing", e);
        }
        return Seal.hex(digest);
    }

    String sha256() {
        return sha256;
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        forEachPiece(piece -> {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        });
    }

    @FunctionalInterface
    private interface Pieces {
        void take(ByteBuffer piece) throws IOException;
    }

    private void forEachPiece(Pieces pieces) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pieces.take(buffer.putLong(header.length).flip());
        pieces.take(ByteBuffer.wrap(header));
        for (Tensor tensor : tensors.values()) {
            float[] values = tensor.array();
            for (int from = 0; from < values.length; from += PIECE) {
                int length = Math.min(PIECE, values.length - from);
                buffer.clear().asFloatBuffer().put(values, from, length);
                pieces.take(buffer.limit(length * Float.BYTES));
            }
        }
    }
}
