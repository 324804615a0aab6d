package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path folder;

    private Path image(String name, int height, int width, int... colours) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, colours, 0, width);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
        return file;
    }

    private void twoClasses() throws IOException {
        image("dog/b.png", 1, 2, 0xFFFF0000, 0xFF00FF00);
        image("dog/a.png", 1, 2, 0xFF0000FF, 0xFF000000);
        image("cat/c.PNG", 1, 2, 0x00000000, 0xFFFFFFFF);
        Files.writeString(folder.resolve("cat/notes.txt"), "no image");
        Files.writeString(folder.resolve("cat/.hidden.png"), "no image");
        Files.writeString(folder.resolve("README"), "no class");
    }

    @Test
    void theClassOfAnImageIsItsFolder() throws IOException {
        twoClasses();
        ImageFolder images = ImageFolder.at(folder);
        assertThat(images.classes()).containsExactly("cat", "dog");
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.file(1)).isEqualTo(folder.resolve("dog/a.png"));
        Dataset data = images.dataset();
        assertThat(data.targets()).isEqualTo(IntTensor.vector(0, 1, 1));
        assertThat(data.inputs())
                .isEqualTo(Tensor.over(new float[] {1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0}, 3, 1, 2, 3));
        assertThat(images.inGray().dataset().inputs().array()[4]).isCloseTo(0.299f, within(1e-6f));
    }

    @Test
    void scalesByAreas() throws IOException {
        image("a/x.png", 2, 3, 0xFFFFFFFF, 0xFF000000, 0xFF000000, 0xFF000000, 0xFF000000, 0xFFFFFFFF);
        float[] half = ImageFolder.at(folder)
                .inGray()
                .scaledTo(1, 2)
                .dataset()
                .inputs()
                .array();
        // One white pixel of three, seen with half of a black column.
        assertThat(half).containsExactly(new float[] {1 / 3f, 1 / 3f}, within(1e-6f));
        float[] larger = ImageFolder.at(folder)
                .inGray()
                .scaledTo(4, 6)
                .dataset()
                .inputs()
                .array();
        assertThat(larger[0]).isCloseTo(1, within(1e-6f));
        assertThat(larger[1]).isCloseTo(1, within(1e-6f));
        assertThat(larger[2]).isZero();
        assertThatThrownBy(() -> ImageFolder.at(folder).scaledTo(1 << 20, 1 << 20))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("more than 2147483647 elements");
        assertThatThrownBy(() -> ImageFolder.at(folder).scaledTo(400_000_000, 1).dataset())
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void aStreamHasTheSameImages() throws IOException {
        twoClasses();
        try (Batches batches = ImageFolder.at(folder).inGray().streamed(2).batches(2)) {
            batches.shuffle(1, 1);
            int dogs = 0;
            for (Batch batch : batches) {
                for (int label : ((IntTensor) batch.targets()).array()) {
                    dogs += label;
                }
            }
            assertThat(dogs).isEqualTo(2);
        }
    }

    @Test
    void namesTheFileThatIsWrong() throws IOException {
        twoClasses();
        Path small = image("dog/z.png", 1, 1, 0xFFFFFFFF);
        assertThatThrownBy(() -> ImageFolder.at(folder).dataset())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(small + " has the shape [1, 1, 3]")
                .hasMessageContaining("scaledTo");
        Files.writeString(small, "no image");
        assertThatThrownBy(() -> ImageFolder.at(folder).dataset())
                .hasMessage("The image " + small + " cannot be read: it is not an image that can be read.");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ImageFolder.at(folder)).hasMessageContaining("The folder " + empty + " has no images");
        assertThatThrownBy(() -> ImageFolder.at(empty)).hasMessageContaining("has no folders");
        assertThatThrownBy(() -> ImageFolder.at(empty.resolve("absent"))).hasMessageContaining("There is no folder");
    }
}
