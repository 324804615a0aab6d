package dev.lossforge.digits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** IDX files made for a test. */
public final class Idx {
    private Idx() {}

    /** A file of this magic number and these extents with so many bytes of value {@code fill} after the header. */
    static byte[] file(int magic, int size, int fill, int... extents) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + size);
        bytes.putInt(magic);
        for (int extent : extents) {
            bytes.putInt(extent);
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) fill);
        }
        return bytes.array();
    }

    public static byte[] images(int count) {
        return file(0x0803, count * DigitSet.PIXELS, 51, count, DigitSet.SIZE, DigitSet.SIZE);
    }

    static byte[] labels(int count) {
        return file(0x0801, count, 7, count);
    }

    static byte[] gzipped(byte[] bytes) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored.toByteArray();
    }

    /** Writes a set of noise; the labels run through the classes. */
    public static void writeRandomSet(Path folder, int training, int test) throws IOException {
        Random random = new Random(5);
        for (MnistFile file : MnistFile.values()) {
            int count = file.plainName().startsWith("train") ? training : test;
            byte[] bytes = file.form() == IdxKind.IMAGES ? images(count) : labels(count);
            for (int i = file.form() == IdxKind.IMAGES ? 16 : 8; i < bytes.length; i++) {
                bytes[i] = (byte) (file.form() == IdxKind.IMAGES ? random.nextInt(256) : i % DigitSet.CLASSES);
            }
            for (String name : file.names()) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.write(folder.resolve(file.plainName()), bytes);
        }
    }

    /** Writes a set of drawn digits. */
    public static void writeDrawnSet(Path folder, int training, int test) throws IOException {
        DigitSet digits = GeneratedDigits.seeded(1).train(training + test);
        for (MnistFile file : MnistFile.values()) {
            boolean trains = file.plainName().startsWith("train");
            int first = trains ? 0 : training;
            int count = trains ? training : test;
            byte[] bytes = file.form() == IdxKind.IMAGES ? images(digits, first, count) : labels(digits, first, count);
            Files.write(folder.resolve(file.plainName()), bytes);
        }
    }

    private static byte[] images(DigitSet digits, int first, int count) {
        byte[] bytes = images(count);
        int at = bytes.length - count * DigitSet.PIXELS;
        for (int image = first; image < first + count; image++) {
            for (int pixel = 0; pixel < DigitSet.PIXELS; pixel++) {
                bytes[at++] = (byte) digits.pixel(image, pixel / DigitSet.SIZE, pixel % DigitSet.SIZE);
            }
        }
        return bytes;
    }

    private static byte[] labels(DigitSet digits, int first, int count) {
        byte[] bytes = labels(count);
        for (int i = 0; i < count; i++) {
            bytes[bytes.length - count + i] = (byte) digits.label(first + i);
        }
        return bytes;
    }

    /** Writes a set of three training and two test images, some files gzipped, some with a dot in their names. */
    public static void writeSet(Path folder) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), images(3));
        Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzipped(labels(3)));
        Files.write(folder.resolve("t10k-images.idx3-ubyte.gz"), gzipped(images(2)));
        Files.write(folder.resolve("t10k-labels.idx1-ubyte"), labels(2));
    }
}
