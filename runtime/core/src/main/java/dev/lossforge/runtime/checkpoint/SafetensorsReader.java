package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.internal.json.JsonException;
import dev.lossforge.runtime.internal.json.JsonReader;
import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Reads a file as {@link Safetensors} describes it, without trusting it. The header has at most {@value #MAX_HEADER}
 * bytes. The positions it names must cover the rest of the file exactly before memory is allocated for them.
 */
final class SafetensorsReader {
    /** Ample, because a header takes about a hundred bytes per tensor. */
    static final int MAX_HEADER = 8 << 20;

    private static final int PIECE = 1 << 16;

    private final String name;
    private final SeekableByteChannel channel;
    private final MessageDigest digest = Seal.digest();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);

    /** The position of a tensor, in bytes after the header. */
    private record Place(String name, Shape shape, long from, long to) {}

    private SafetensorsReader(String name, SeekableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    static Safetensors read(Path file, Consumer<Map<String, String>> requirement) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(file.toString(), channel, requirement);
        }
    }

    /** Reads a whole channel; {@code name} is its name in messages. */
    static Safetensors read(String name, SeekableByteChannel channel) throws IOException {
        return read(name, channel, notes -> {});
    }

    private static Safetensors read(String name, SeekableByteChannel channel, Consumer<Map<String, String>> requirement)
            throws IOException {
        try {
            return new SafetensorsReader(name, channel).read(requirement);
        } catch (JsonException | ShapeException e) {
            throw new CheckpointException(name + " has a damaged header: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new CheckpointException(name + " became shorter while it was read; use another.", e);
        }
    }

    private Safetensors read(Consumer<Map<String, String>> requirement) throws IOException {
        byte[] header = header();
        OptionalInt seal = Seal.find(header);
        digest.update(seal.isPresent() ? Seal.blanked(header, seal.getAsInt()) : header);
        SequencedMap<String, JsonValue> members =
                new LinkedHashMap<>(JsonReader.read(header).asObject());
        Map<String, String> notes = new LinkedHashMap<>();
        if (members.containsKey(Safetensors.METADATA)) {
            members.remove(Safetensors.METADATA).asObject().forEach((key, note) -> notes.put(key, note.asString()));
        }
        requirement.accept(notes);
        List<Place> places = places(members);
        requireNoGaps(places);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (Place place : places) {
            tensors.put(place.name(), tensor(place));
        }
        return new Safetensors(tensors, withoutSeal(notes), verified(header, seal));
    }

    private byte[] header() throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw damaged("it has " + size + " bytes, too few for the length of a header");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(length);
        digest.update(length.duplicate());
        long bytes = length.getLong();
        if (bytes < 2 || bytes > size - Long.BYTES) {
            throw damaged("it announces a header of " + Long.toUnsignedString(bytes) + " bytes in a file of " + size);
        }
        if (bytes > MAX_HEADER) {
            throw damaged("its header has " + bytes + " bytes, more than the " + MAX_HEADER + " that are read");
        }
        ByteBuffer header = ByteBuffer.allocate((int) bytes);
        fill(header);
        return header.array();
    }

    private List<Place> places(Map<String, JsonValue> members) {
        List<Place> places = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            places.add(place(member.getKey(), member.getValue()));
        }
        places.sort(Comparator.comparingLong(Place::from).thenComparingLong(Place::to));
        return places;
    }

    private Place place(String tensor, JsonValue entry) {
        String type = entry.get("dtype").asString();
        if (!type.equals("F32")) {
            throw new CheckpointException("The tensor '" + JsonValue.shortened(tensor) + "' in " + name + " is of type "
                    + JsonValue.shortened(type) + ", but only 32-bit floats, F32, can be read; convert it.");
        }
        List<JsonValue> extents = entry.get("shape").asArray();
        if (extents.size() > 32) {
            throw damaged("the tensor '" + JsonValue.shortened(tensor) + "' has " + extents.size() + " axes");
        }
        Shape shape = Shape.of(extents.stream().mapToInt(JsonValue::asInt).toArray());
        List<JsonValue> offsets = entry.get("data_offsets").asArray();
        if (offsets.size() != 2) {
            throw damaged("the place of the tensor '" + JsonValue.shortened(tensor) + "' is not a pair of offsets");
        }
        return new Place(tensor, shape, offsets.get(0).asLong(), offsets.get(1).asLong());
    }

    /** Checks that every tensor has the bytes that its shape needs, and that together they are the rest of the file. */
    private void requireNoGaps(List<Place> places) throws IOException {
        long end = 0;
        for (Place place : places) {
            long needed = (long) Float.BYTES * place.shape().size();
            if (place.from() != end || place.to() != end + needed) {
                throw damaged("the tensor '" + JsonValue.shortened(place.name()) + "' of shape " + place.shape()
                        + " is said to lie at bytes " + place.from() + " to " + place.to() + ", not at " + end + " to "
                        + (end + needed));
            }
            end = place.to();
        }
        long rest = channel.size() - channel.position();
        if (rest != end) {
            throw damaged((rest < end ? "it is cut short: " : "it continues after its end: ") + rest
                    + " bytes follow the header, which announces " + end);
        }
    }

    private Tensor tensor(Place place) throws IOException {
        Tensor tensor = Tensor.zeros(place.shape());
        float[] values = tensor.array();
        for (int from = 0; from < values.length; from += PIECE / Float.BYTES) {
            int length = Math.min(PIECE / Float.BYTES, values.length - from);
            fill(piece.clear().limit(length * Float.BYTES));
            piece.asFloatBuffer().get(values, from, length);
            digest.update(piece);
        }
        return tensor;
    }

    private static Map<String, String> withoutSeal(Map<String, String> notes) {
        Map<String, String> rest = new LinkedHashMap<>(notes);
        rest.remove(Seal.NAME);
        return rest;
    }

    private Optional<String> verified(byte[] header, OptionalInt seal) {
        if (seal.isEmpty()) {
            return Optional.empty();
        }
        String announced = Seal.at(header, seal.getAsInt());
        if (!announced.equals(Seal.hex(digest))) {
            throw damaged("its checksum is wrong, so some bytes are not as they were written");
        }
        return Optional.of(announced);
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        buffer.flip();
    }

    private CheckpointException damaged(String what) {
        return new CheckpointException(
                name + " is damaged, or not in the safetensors format: " + what + "; use another.");
    }
}
