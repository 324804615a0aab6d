package dev.lossforge.samples.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
    @TempDir
    private Path folder;

    private static byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    void replacesItsOwnPicturesAlone() throws IOException {
        Path own = folder.resolve("own.png");
        PictureFile.write(own, png());
        PictureFile.write(own, png());
        assertThat(ImageIO.read(own.toFile()).getWidth()).isEqualTo(3);

        Path unsigned = Files.write(folder.resolve("unsigned.png"), png());
        Path text = Files.writeString(folder.resolve("text.png"), "mine");
        for (Path foreign : new Path[] {unsigned, text}) {
            byte[] before = Files.readAllBytes(foreign);
            assertThatThrownBy(() -> PictureFile.write(foreign, png()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(foreign + " was not written by Lossforge and was not changed");
            assertThat(foreign).hasBinaryContent(before);
        }
    }
}
