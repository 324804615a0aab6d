package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MnistFolderTest {
    @TempDir
    private Path folder;

    @Test
    void readsFilesUnderAllTheirNames() throws IOException {
        Idx.writeSet(folder);
        MnistFiles files = new MnistFolder(folder).read();
        assertThat(files.train().count()).isEqualTo(3);
        assertThat(files.test().count()).isEqualTo(2);
        assertThat(files.published()).isFalse();
    }

    @Test
    void pixelsAreDividedBy255() throws IOException {
        Idx.writeSet(folder);
        Dataset data = new MnistFolder(folder).read().train().first(2).toDataset();
        assertThat(data.inputs().shape().toString()).isEqualTo("[2, 28, 28, 1]");
        assertThat(data.inputs().array()).containsOnly(0.2f);
        assertThat(data.targets()).isEqualTo(IntTensor.vector(7, 7));
    }

    static Stream<Arguments> unfitFiles() {
        return Stream.of(
                Arguments.of(
                        "train-labels-idx1-ubyte.gz",
                        Idx.labels(4),
                        "train-images-idx3-ubyte holds 3 images but .*train-labels-idx1-ubyte.gz holds 4 labels"),
                Arguments.of(
                        "t10k-labels.idx1-ubyte",
                        Idx.file(0x0801, 2, 10, 2),
                        "t10k-labels.idx1-ubyte: label 0 .* is 10, outside the classes 0 to 9"),
                Arguments.of(
                        "train-images-idx3-ubyte",
                        Idx.file(0x0803, 3 * 32 * 32, 0, 3, 32, 32),
                        "train-images-idx3-ubyte holds images of 32×32 where the network takes 28×28"));
    }

    @ParameterizedTest
    @MethodSource("unfitFiles")
    void refusesFilesThatDoNotFitTogether(String name, byte[] content, String complaint) throws IOException {
        Idx.writeSet(folder);
        Files.write(folder.resolve(name), content);
        MnistSource source = new MnistSource(new Heard());
        assertThatThrownBy(() -> source.load(new DataChoice.Folder(folder), 1))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(".*" + complaint + ".*");
    }

    @Test
    void namesTheMissingFiles() throws IOException {
        Idx.writeSet(folder);
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        assertThatThrownBy(() -> new MnistFolder(folder).read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("lacks train-labels-idx1-ubyte");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> new MnistFolder(absent).read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(absent + " is not a folder");
    }

    @Test
    void saysThatAnotherSetIsNotMnist() throws IOException {
        Idx.writeSet(folder);
        Heard heard = new Heard();
        MnistData data = new MnistSource(heard).load(new DataChoice.Folder(folder), 2);
        assertThat(data.origin()).isEqualTo(MnistData.Origin.OTHER);
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(heard.warnings()).singleElement().asString().contains("does not hold the published MNIST");
    }

    @Test
    void knowsThePublishedFiles() throws IOException {
        Path published = Path.of("../../../shared/mnist");
        assumeTrue(Files.isDirectory(published), "the published files are not at ../shared/mnist");
        Heard heard = new Heard();
        MnistData data = new MnistSource(heard).load(new DataChoice.Folder(published), 100_000);
        assertThat(data.origin()).isEqualTo(MnistData.Origin.PUBLISHED);
        assertThat(data.train().count()).isEqualTo(60_000);
        assertThat(data.test().count()).isEqualTo(10_000);
        assertThat(data.test().label(0)).isEqualTo(7);
        assertThat(heard.warnings()).isEmpty();
    }
}
