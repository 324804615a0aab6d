package dev.lossforge.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final float[] EXTREMES = {
        0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY, 1f / 3
    };

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("dense.weights", Tensor.over(EXTREMES, 7, 1));
        tensors.put("scalar", Tensor.scalar(3));
        tensors.put("Größe/\"1\"", Tensor.zeros(20_000));
        return tensors;
    }

    private Path written(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(file(), bytes.array());
    }

    @Test
    void readsWhatItWrites() throws IOException {
        String sha256 = Safetensors.write(file(), tensors(), Map.of("epoch", "3"));
        Safetensors read = Safetensors.readSealed(file());
        assertThat(read.tensors()).isEqualTo(tensors());
        assertThat(read.notes()).isEqualTo(Map.of("epoch", "3"));
        assertThat(read.sha256()).contains(sha256);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void hasTheDocumentedLayout() throws IOException {
        Safetensors.write(file(), Map.of("x", Tensor.vector(1, -2)), Map.of());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong();
        assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8))
                .matches("\\{\"__metadata__\":\\{\"sha256\":\"[0-9a-f]{64}\"},"
                        + "\"x\":\\{\"dtype\":\"F32\",\"shape\":\\[2],\"data_offsets\":\\[0,8]}} *");
        assertThat((8 + header) % 8).isZero();
        assertThat(bytes.getFloat(8 + header)).isEqualTo(1);
        assertThat(bytes.getFloat(12 + header)).isEqualTo(-2);
        assertThat(bytes.capacity()).isEqualTo(16 + header);
    }

    @Test
    void readsAFileFromElsewhereButNotAsOneOfItsOwn() throws IOException {
        written(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,8]},"
                        + "\"a\":{\"shape\":[1],\"data_offsets\":[0,4],\"dtype\":\"F32\"}}",
                8);
        assertThat(Safetensors.read(file()).tensors()).containsOnlyKeys("a", "b");
        assertThatThrownBy(() -> Safetensors.readSealed(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no checksum");
    }

    /** Written by {@code safetensors.numpy.save} of safetensors 0.8.0. */
    private static final String FROM_PYTHON = """
            qAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJucCJ9LCJkZW5zZS5iaWFzIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwi
            ZGF0YV9vZmZzZXRzIjpbMCw4XX0sImRlbnNlLndlaWdodHMiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6
            WzgsMzJdfX0gICAgICAAAAA/AAAAwAAAgD8AAABAAABAQAAAgEAAAKBAAADAQA==
            """;

    @Test
    void readsWhatPythonWrites() throws IOException {
        Files.write(file(), Base64.getMimeDecoder().decode(FROM_PYTHON));
        Safetensors read = Safetensors.read(file());
        assertThat(read.tensors())
                .isEqualTo(Map.of(
                        "dense.weights",
                        Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6}),
                        "dense.bias",
                        Tensor.vector(0.5f, -2)));
        assertThat(read.notes()).isEqualTo(Map.of("format", "np"));
    }

    @Test
    void everyFlippedByteAndEveryCutIsNoticed() throws IOException {
        Safetensors.write(file(), Map.of("dense.weights", Tensor.vector(EXTREMES)), Map.of("epoch", "3"));
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= 0x04;
            Files.write(file(), flipped);
            assertThatThrownBy(() -> Safetensors.readSealed(file()))
                    .as("byte %d", i)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(file().toString());
            Files.write(file(), Arrays.copyOf(good, i));
            assertThatThrownBy(() -> Safetensors.readSealed(file()))
                    .as("length %d", i)
                    .isInstanceOf(CheckpointException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}             | of type F16
                    {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}             | bytes 0 to 8, not at 0 to 12
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}             | it continues after its end
                    {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}            | it is cut short
                    {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}            | the extent -2
                    {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}             | the extent 0
                    {"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}   | more than 2147483647 elements
                    {"a":{"dtype":"F32","shape":[9999999999],"data_offsets":[0,8]}}    | at most 32 bits
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}           | not a pair of offsets
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}            | not at 0 to 8
                    {"a":{"dtype":"F32","shape":[2]}}                                  | 'data_offsets' is missing
                    {"a":7}                                                            | where an object is expected
                    ["a"]                                                              | where an object is expected
                    {"a":                                                              | The JSON is broken
                    """)
    void refusesAHeaderThatDoesNotDescribeTheFile(String header, String complaint) throws IOException {
        written(header, 8);
        assertThatThrownBy(() -> Safetensors.read(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesLengthsOfHeadersThatCannotBe() throws IOException {
        for (long length : new long[] {0, 1, 9, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            Files.write(
                    file(),
                    ByteBuffer.allocate(16)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertThatThrownBy(() -> Safetensors.read(file()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("announces a header of " + Long.toUnsignedString(length) + " bytes");
        }
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("absent"))).hasMessageContaining("There is no file");
    }
}
