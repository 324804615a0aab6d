package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Named float tensors in a file of the safetensors format, with notes as text. The format consists of:
 *
 * <ul>
 *   <li>eight bytes: the length of the header as a little-endian number;
 *   <li>the header: a JSON object that names the type, shape and position of every tensor;
 *   <li>the tensors: one after the other without gaps, in little-endian row-major order.
 * </ul>
 *
 * <p>Files written here carry, among their notes, a checksum of the whole file under the name {@code sha256}. It is the
 * SHA-256 of all bytes with zeros in place of its 64 digits. If a file has a checksum, it is verified.
 *
 * @param tensors the tensors by name, in their order in the file
 * @param notes the contents of the header's {@code __metadata__}, without the checksum
 * @param sha256 the file's verified checksum; empty if the file has none
 */
public record Safetensors(SequencedMap<String, Tensor> tensors, Map<String, String> notes, Optional<String> sha256) {
    /** The name of the notes in the header. */
    static final String METADATA = "__metadata__";

    /** The beginning of the header of a file with a checksum. */
    private static final String SEALED = "{\"" + METADATA + "\":{\"" + Seal.NAME + "\":";

    public Safetensors {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    /**
     * Reads a file. Needs memory for its tensors and at most 160 megabytes more.
     *
     * @throws CheckpointException if it is not a complete file of this format, holds anything but 32-bit floats, or was
     *     changed since it was written
     */
    public static Safetensors read(Path file) throws IOException {
        return read(file, notes -> {});
    }

    /**
     * As {@link #read(Path)}. Before the checksum is verified, so that a newer format can be told from damage,
     * {@code requirement} sees the notes.
     */
    public static Safetensors read(Path file, Consumer<Map<String, String>> requirement) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CheckpointException(file + " is a folder; name a file in the safetensors format.");
        }
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException("There is no file " + file + "; name one in the safetensors format.");
        }
        return SafetensorsReader.read(file, requirement);
    }

    /** Whether a file begins as those do that are written here. */
    public static boolean isSealed(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            stream.skipNBytes(Math.min(Long.BYTES, Files.size(file)));
            byte[] begin = stream.readNBytes(SEALED.length());
            return SEALED.equals(new String(begin, StandardCharsets.ISO_8859_1));
        }
    }

    /** As {@link #read}, for a file that was written here. A file without a checksum is refused. */
    public static Safetensors readSealed(Path file) throws IOException {
        Safetensors contents = read(file);
        if (contents.sha256().isEmpty()) {
            throw new CheckpointException(
                    file + " has no checksum, so it was changed since it was written or comes from"
                            + " elsewhere; use another.");
        }
        return contents;
    }

    /**
     * Writes a file. An existing file of this name is replaced only when the new one is complete and on the disk.
     *
     * @return the checksum
     * @throws ConfigurationException if a note is named like the checksum
     */
    public static String write(Path file, Map<String, Tensor> tensors, Map<String, String> notes) throws IOException {
        if (notes.containsKey(Seal.NAME)) {
            throw new ConfigurationException(
                    "A note cannot be named '" + Seal.NAME + "', which is the name of the checksum; rename it.");
        }
        SafetensorsWriter writer = new SafetensorsWriter(tensors, notes);
        DurableFiles.replace(file, writer::writeTo);
        return writer.sha256();
    }
}
