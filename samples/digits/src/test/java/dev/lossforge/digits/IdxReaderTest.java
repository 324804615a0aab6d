package dev.lossforge.digits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxReaderTest {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;

    @Test
    void readsExtentsValuesAndTheChecksumOfTheUncompressedFile() throws IOException {
        byte[] file = Idx.file(IMAGES, 2 * 3 * 4, 200, 2, 3, 4);
        String sum = HexFormat.of().formatHex(Sha256.digest().digest(file));
        for (byte[] stored : new byte[][] {file, Idx.gzipped(file)}) {
            IdxArray array = IdxReader.read("f", new ByteArrayInputStream(stored), IdxKind.IMAGES);
            assertThat(array.extents()).containsExactly(2, 3, 4);
            assertThat(array.values()).hasSize(24).containsOnly(200);
            assertThat(array.sha256()).isEqualTo(sum);
        }
    }

    static Stream<Arguments> brokenImages() {
        byte[] good = Idx.images(2);
        byte[] gzipped = Idx.gzipped(good);
        byte[] flipped = gzipped.clone();
        flipped[gzipped.length - 6] ^= 1; // in the checksum
        return Stream.of(
                Arguments.of(new byte[0], "ends within its header"),
                Arguments.of(Arrays.copyOf(good, 9), "ends within its header"),
                Arguments.of(
                        "<!DOCTYPE html>".getBytes(UTF_8), "is not an IDX file of images: it starts with 0x3c21444f"),
                Arguments.of(Idx.labels(2), "holds labels where images are expected"),
                Arguments.of(
                        Arrays.copyOf(good, good.length - 1),
                        "is truncated: it announces 2 images of 28×28, 1568 bytes, and ends after 1567"),
                Arguments.of(Arrays.copyOf(good, good.length + 1), "continues after the 2 images of 28×28"),
                Arguments.of(Arrays.copyOf(gzipped, gzipped.length - 9), "is a truncated gzip file"),
                Arguments.of(flipped, "is a corrupted gzip file"),
                Arguments.of(new byte[] {0x1f, (byte) 0x8b, 0, 0}, "gzip file"),
                Arguments.of(Idx.file(IMAGES, 0, 0, 0, 28, 28), "announces 0 images along axis 0"),
                Arguments.of(Idx.file(IMAGES, 0, 0, 1, -1, 28), "announces 4294967295 images along axis 1"),
                Arguments.of(Idx.file(IMAGES, 9, 0, 65_536, 65_536, 65_536), "more than the 1073741824 bytes"),
                Arguments.of(
                        Idx.file(IMAGES, 9, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
                        "more than the 1073741824 bytes"));
    }

    @ParameterizedTest
    @MethodSource("brokenImages")
    void refusesWhatIsNotExactlyAnIdxFileInOneSentence(byte[] stored, String complaint) {
        assertThatThrownBy(() -> IdxReader.read("dir/f", new ByteArrayInputStream(stored), IdxKind.IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("dir/f ")
                .hasMessageContaining(complaint)
                .hasMessageEndingWith(".");
    }

    @Test
    void takesNoMoreThanTheHeaderAnnounces() {
        ByteArrayInputStream bomb = new ByteArrayInputStream(Idx.file(LABELS, 10_000_000, 0, 1000));
        assertThatThrownBy(() -> IdxReader.read("bomb", bomb, IdxKind.LABELS))
                .hasMessageContaining("continues after the 1000 labels");
        assertThat(bomb.available()).isGreaterThan(9_000_000);
    }
}
