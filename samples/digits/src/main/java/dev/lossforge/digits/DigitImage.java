package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A digit from a picture of any size, converted to the form of MNIST: bright ink on dark paper, the ink's box scaled to
 * {@value #BOX} pixels and its centre of mass in the middle of {@link DigitSet#SIZE} by {@link DigitSet#SIZE}.
 */
public final class DigitImage {
    /** The longer side of the ink's box, as in MNIST. */
    private static final int BOX = 20;

    /** A picture with more pixels is refused before any of them is decoded, which limits memory to 400 megabytes. */
    static final long MAX_PIXELS = 25_000_000;

    private static final Set<String> FORMATS = Set.of("png", "jpeg");

    /** The maximum size of a file in bytes. */
    static final long MAX_BYTES = 64L << 20;

    /** Below this share of the largest brightness, a pixel counts as paper. */
    private static final float PAPER = 0.2f;

    private DigitImage() {}

    /**
     * Reads a PNG or a JPEG. Other formats are refused, because the JDK's readers for some take unbounded memory.
     *
     * @return intensities from 0, paper, to 1, ink, of shape {@code [1, SIZE, SIZE, 1]}
     * @throws DataException if the file is not a picture, is too large, or shows nothing
     */
    public static Tensor read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no picture " + file + "; give a PNG or JPEG file.");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DataException(file + " has more than " + MAX_BYTES + " bytes; give a smaller picture.");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(file.toString(), stream);
        }
    }

    /** As {@link #read(Path)}; {@code name} is the picture's name in messages. */
    static Tensor read(String name, InputStream stream) throws IOException {
        Brightness brightness = Brightness.of(decode(name, stream)).withBrightInk();
        if (brightness.contrast() < 0.05f) {
            throw new DataException(name + " shows nothing: all of it is about equally bright; give a picture of a"
                    + " digit, dark on light or light on dark.");
        }
        return Tensor.over(centred(brightness), 1, DigitSet.SIZE, DigitSet.SIZE, 1);
    }

    private static BufferedImage decode(String name, InputStream stream) throws IOException {
        try (ImageInputStream bytes = ImageIO.createImageInputStream(stream)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
            if (!readers.hasNext()) {
                throw notReadable(name);
            }
            ImageReader reader = readers.next();
            try {
                if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                    throw notReadable(name);
                }
                reader.setInput(bytes, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw new DataException(name + " has " + pixels + " pixels, more than the " + MAX_PIXELS
                            + " that are read; make it smaller.");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof DataException known) {
                throw known;
            }
            // On damaged files, the JDK's decoders throw more than IOException.
            throw new DataException(name + " is damaged: " + e.getMessage() + "; give another picture.", e);
        }
    }

    private static DataException notReadable(String name) {
        return new DataException(name + " is not a picture that can be read; give a PNG or JPEG file.");
    }

    /** Scales the ink's box by averaging, then moves its centre of mass to the middle. */
    private static float[] centred(Brightness ink) {
        int[] box = ink.box(PAPER);
        double scale = (double) BOX / Math.max(box[2] - box[0], box[3] - box[1]);
        int width = Math.max(1, (int) Math.round((box[2] - box[0]) * scale));
        int height = Math.max(1, (int) Math.round((box[3] - box[1]) * scale));
        float[] small = new float[width * height];
        double massX = 0;
        double massY = 0;
        double mass = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float value = ink.mean(box[0] + x / scale, box[1] + y / scale, 1 / scale);
                small[y * width + x] = value;
                mass += value;
                massX += value * (x + 0.5);
                massY += value * (y + 0.5);
            }
        }
        int left = Math.clamp(Math.round(DigitSet.SIZE / 2.0 - massX / mass), 0, DigitSet.SIZE - width);
        int top = Math.clamp(Math.round(DigitSet.SIZE / 2.0 - massY / mass), 0, DigitSet.SIZE - height);
        float[] digit = new float[DigitSet.PIXELS];
        for (int y = 0; y < height; y++) {
            System.arraycopy(small, y * width, digit, (top + y) * DigitSet.SIZE + left, width);
        }
        return digit;
    }
}
