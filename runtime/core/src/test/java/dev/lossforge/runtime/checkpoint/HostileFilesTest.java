package dev.lossforge.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.sun.management.ThreadMXBean;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.internal.json.JsonReader;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Files that were damaged at random or forged: they are read or refused, and never take more memory than a small
 * multiple of their size. {@code -Dlossforge.fuzz=100000} tries more of them.
 */
class HostileFilesTest {
    private static final int INPUTS = Integer.getInteger("lossforge.fuzz", 3000);
    /** Of the two tensors. */
    private static final int DATA_BYTES = 8 * Float.BYTES;

    private static final long ALLOWANCE = 4 << 20;
    private static final long PER_BYTE = 400;

    private final SplittableRandom random = new SplittableRandom(20260131);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int accepted;

    @FunctionalInterface
    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private void attack(String what, byte[] good, Reader reader) throws IOException {
        accepted = 0;
        long max = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bad = Mutation.of(good, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                reader.read(bad);
                accepted++;
            } catch (LossforgeException e) {
                assertThat(e.getMessage()).as("input %d", i).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input " + i + ": " + new String(bad, StandardCharsets.ISO_8859_1), e);
            }
            long memory = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(memory)
                    .as("bytes taken for input %d of %d bytes", i, bad.length)
                    .isLessThan(ALLOWANCE + PER_BYTE * bad.length);
            max = Math.max(max, memory);
        }
        System.out.printf(
                Locale.ROOT, "%s: %d inputs, %d accepted, at most %.2f MB each%n", what, INPUTS, accepted, max / 1e6);
        assertThat(accepted).isLessThan(INPUTS);
    }

    private static byte[] safetensors() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("dense.weights", Tensor.zeros(3, 2));
        tensors.put("../../etc/passwd", Tensor.vector(1, 2));
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = disk.getPath("/w.safetensors");
            Safetensors.write(file, tensors, Map.of("epoch", "3"));
            return Files.readAllBytes(file);
        }
    }

    @Test
    void safetensorsAreReadOrRefused() throws IOException {
        byte[] good = safetensors();
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = disk.getPath("/w.safetensors");
            attack("safetensors", good, bytes -> {
                Files.write(file, bytes);
                Safetensors.read(file);
            });
            attack("forged safetensors", good, bytes -> {
                Files.write(file, forged(bytes));
                Safetensors.read(file);
            });
        }
        assertThat(accepted).isPositive();
    }

    /** The length of the header put right and the checksum blotted out, so that what follows is looked at. */
    private static byte[] forged(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("sha256", "sha257");
        byte[] forged = text.getBytes(StandardCharsets.ISO_8859_1);
        int header = forged.length - Long.BYTES - DATA_BYTES;
        if (header > 0) {
            ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header);
        }
        return forged;
    }

    @Test
    void statesAreReadOrRefused() throws IOException {
        byte[] good = StateJson.write(
                new Checkpoint(CheckpointsTest.snapshot(2, 3), Map.of("options", "{}")),
                Map.of("model.safetensors", "00"));
        attack("states of checkpoints", good, bytes -> StateJson.read(bytes));
        attack("forged states", good, bytes -> {
            StateJson.State state = StateJson.read(sealed(bytes));
            StateJson.checkpoint(state, new LinkedHashMap<>(), Map.of(), Map.of());
        });
        assertThat(accepted).isPositive();
    }

    private static byte[] sealed(byte[] bytes) {
        Seal.find(bytes).ifPresent(position -> {
            Seal.set(bytes, position, Seal.BLANK);
            MessageDigest digest = Seal.digest();
            digest.update(bytes);
            Seal.set(bytes, position, Seal.hex(digest));
        });
        return bytes;
    }

    @Test
    void jsonIsReadOrRefused() throws IOException {
        byte[] good = "{\"a\":[1,-2.5e3,{\"b\":null}],\"\\u00e9\\n\":[[[true,false]]],\"c\":\"x\"}"
                .getBytes(StandardCharsets.UTF_8);
        attack("JSON", good, JsonReader::read);
        assertThat(accepted).isPositive();
    }
}
