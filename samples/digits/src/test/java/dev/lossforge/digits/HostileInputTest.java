package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.LossforgeException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Data and pictures that were damaged at random or forged: they are read or refused within bounds of memory. */
class HostileInputTest {
    private static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(width / 3, height / 5, width / 6 + 1, height / 2 + 1);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static void readIdx(byte[] bytes) throws IOException {
        IdxReader.read("damaged", new ByteArrayInputStream(bytes), IdxKind.IMAGES);
    }

    @Test
    void idxFilesAreReadOrRefused() throws IOException {
        // The header is believed only as far as bytes follow, so that a few megabytes suffice for a few kilobytes.
        new Attack("IDX", 8 << 20).on(Idx.images(2), HostileInputTest::readIdx);
        new Attack("IDX in gzip", 8 << 20).on(Idx.gzipped(Idx.images(2)), HostileInputTest::readIdx);
    }

    @Test
    void aGzipBombTakesNoMoreThanItsHeaderAnnounces() throws IOException {
        byte[] bomb = Idx.gzipped(Idx.file(0x0803, 64 << 20, 0, 1, 28, 28));
        assertThat(bomb.length).isLessThan(100_000);
        long before = Attack.taken();
        assertThatThrownBy(() -> IdxReader.read("bomb", new ByteArrayInputStream(bomb), IdxKind.IMAGES))
                .isInstanceOf(LossforgeException.class)
                .hasMessageContaining("bomb continues after the 1 images of 28×28");
        assertThat(Attack.taken() - before).isLessThan(2 << 20);
    }

    @Test
    void picturesAreReadOrRefused() throws IOException {
        // At most 16 bytes for each of the pixels that a picture may have; damaged headers announce many.
        long bound = 16 * DigitImage.MAX_PIXELS + (8 << 20);
        for (String format : new String[] {"png", "jpeg"}) {
            new Attack(format, bound)
                    .on(picture(format, 20, 30), bytes -> DigitImage.read("damaged", new ByteArrayInputStream(bytes)));
        }
    }
}
