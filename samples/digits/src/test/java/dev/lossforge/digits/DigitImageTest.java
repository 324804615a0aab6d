package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitImageTest {
    @TempDir
    private Path folder;

    /** A one, drawn off the middle. */
    private Path one(String format, int width, int height, Color paper, Color ink) throws IOException {
        BufferedImage image = new BufferedImage(
                width, height, format.equals("png") ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(paper);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(ink);
        graphics.setStroke(new BasicStroke(height / 12f));
        graphics.drawLine(width / 4, height / 6, width / 4, height * 2 / 3);
        graphics.dispose();
        Path file = folder.resolve("one." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static void assertCentredOne(Tensor digit) {
        assertThat(digit.shape()).hasToString("[1, 28, 28, 1]");
        float[] pixels = digit.array();
        double mass = 0;
        double x = 0;
        double y = 0;
        int top = 28;
        int bottom = 0;
        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i]).isBetween(0f, 1f);
            mass += pixels[i];
            x += pixels[i] * (i % 28 + 0.5);
            y += pixels[i] * (Math.floorDiv(i, 28) + 0.5);
            if (pixels[i] > 0.5) {
                top = Math.min(top, i / 28);
                bottom = Math.max(bottom, i / 28 + 1);
            }
        }
        assertThat(x / mass).isCloseTo(14, within(0.6));
        assertThat(y / mass).isCloseTo(14, within(0.6));
        assertThat(bottom - top).isBetween(19, 20);
        assertThat(pixels[14 * 28 + 14]).isGreaterThan(0.8f);
        assertThat(pixels[0]).isZero();
    }

    @Test
    void bringsAnyPictureIntoMnistsForm() throws IOException {
        assertCentredOne(DigitImage.read(one("png", 300, 200, Color.WHITE, Color.BLACK)));
        assertCentredOne(DigitImage.read(one("png", 61, 97, Color.BLACK, Color.WHITE)));
        assertCentredOne(DigitImage.read(one("png", 40, 400, new Color(0, 0, 0, 0), Color.BLUE)));
        assertCentredOne(DigitImage.read(one("png", 40, 400, new Color(0, 0, 0, 0), Color.WHITE)));
        assertCentredOne(DigitImage.read(one("png", 40, 400, new Color(0, 0, 0, 0), new Color(240, 240, 240))));
        assertCentredOne(DigitImage.read(one("jpeg", 640, 480, Color.LIGHT_GRAY, Color.DARK_GRAY)));
    }

    @Test
    void leavesADigitOfMnistAlmostAsItIs() throws IOException {
        DigitSet digits = GeneratedDigits.seeded(1).train(1);
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < DigitSet.PIXELS; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, digits.pixel(0, i / 28, i % 28));
        }
        Path file = folder.resolve("digit.png");
        ImageIO.write(image, "png", file.toFile());
        assertThat(DigitImage.read(file).array()).hasSize(DigitSet.PIXELS);
    }

    @Test
    void refusesWhatShowsNoDigit() throws IOException {
        Path blank = one("png", 50, 50, Color.WHITE, Color.WHITE);
        assertThatThrownBy(() -> DigitImage.read(blank))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(blank + " shows nothing");
        Path text = Files.writeString(folder.resolve("a.png"), "not a picture");
        assertThatThrownBy(() -> DigitImage.read(text)).hasMessageContaining("not a picture that can be read");
        assertThatThrownBy(() -> DigitImage.read(folder)).hasMessageContaining("There is no picture");
        byte[] png = Files.readAllBytes(one("png", 50, 50, Color.WHITE, Color.BLACK));
        System.arraycopy(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff}, 0, png, 16, 4);
        Path huge = Files.write(folder.resolve("huge.png"), png);
        assertThatThrownBy(() -> DigitImage.read(huge)).isInstanceOf(DataException.class);
        Path gif = folder.resolve("a.gif");
        ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY), "gif", gif.toFile());
        assertThatThrownBy(() -> DigitImage.read(gif)).hasMessageContaining("give a PNG or JPEG file");
    }
}
