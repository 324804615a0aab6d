package dev.lossforge.samples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lossforge.runtime.LossforgeException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Data and pictures that were damaged at random or forged: they are read or refused within bounds of memory.
 * {@code -Dlossforge.fuzz=100000} tries more of them.
 */
class HostileInputTest {
    private static final int INPUTS = Integer.getInteger("lossforge.fuzz", 1500);

    private final SplittableRandom random = new SplittableRandom(7);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int accepted;

    @FunctionalInterface
    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private void attack(byte[] good, long mostMemory, Reader reader) throws IOException {
        for (int i = 0; i < INPUTS; i++) {
            byte[] bad = damaged(good);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                reader.read(bad);
                accepted++;
            } catch (LossforgeException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input " + i, e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes taken for input %d", i)
                    .isLessThan(mostMemory);
        }
    }

    /** Bytes changed, cut off, put in or, where headers are, set to extremes. */
    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 64 : bytes.length));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) (random.nextBoolean() ? 0xff : 0x7f));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 9));
                    System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

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

    @Test
    void idxFilesAreReadOrRefused() throws IOException {
        // The header is believed only as far as bytes follow, so that a few megabytes suffice for a few kilobytes.
        for (byte[] good : new byte[][] {Idx.images(2), Idx.gzipped(Idx.images(2))}) {
            attack(good, 8 << 20, bytes -> IdxReader.read("damaged", new ByteArrayInputStream(bytes), IdxForm.IMAGES));
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void aGzipBombTakesNoMoreThanItsHeaderAnnounces() throws IOException {
        byte[] bomb = Idx.gzipped(Idx.file(0x0803, 64 << 20, 0, 1, 28, 28));
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(bomb.length).isLessThan(100_000);
        try {
            IdxReader.read("bomb", new ByteArrayInputStream(bomb), IdxForm.IMAGES);
            throw new AssertionError("it was read");
        } catch (LossforgeException e) {
            assertThat(e.getMessage()).contains("bomb goes on after the 1 images of 28×28");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
    }

    @Test
    void picturesAreReadOrRefused() throws IOException {
        // At most 16 bytes for each of the pixels that a picture may have; damaged headers announce many.
        for (byte[] good : new byte[][] {picture("png", 20, 30), picture("jpeg", 20, 30)}) {
            attack(
                    good,
                    16 * DigitImage.MOST_PIXELS + (8 << 20),
                    bytes -> DigitImage.read("damaged", new ByteArrayInputStream(bytes)));
        }
        assertThat(accepted).isPositive();
    }
}
