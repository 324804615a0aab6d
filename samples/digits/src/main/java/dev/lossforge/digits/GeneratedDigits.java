package dev.lossforge.digits;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Generated digits in the form of MNIST, for a machine without a network. The shapes come from the JDK's fonts or, if
 * it has none, from the strokes of a pen. Each digit is rotated, sheared, scaled, shifted, warped, thickened, faded and
 * covered with noise at random.
 *
 * <p>An image depends only on the seed, its set and its index. The first images of a large set therefore equal those of
 * a small one, and the number of threads does not matter. On one machine, equal seeds give equal bytes; another machine
 * may have other fonts.
 */
public final class GeneratedDigits {
    private static final int TRAIN_IMAGES = 60_000;
    private static final int TEST_IMAGES = 10_000;

    private final long seed;
    private final String typefaces;
    private final List<Typeface> styles;

    private GeneratedDigits(long seed, String typefaces, List<List<Outline>> styles) {
        this.seed = seed;
        this.typefaces = typefaces;
        this.styles = styles.parallelStream().map(Typeface::of).toList();
    }

    /** Digits in the JDK's fonts or, if it has none, drawn with a pen. */
    public static GeneratedDigits seeded(long seed) {
        List<List<Outline>> fonts = FontOutlines.available();
        return fonts.isEmpty() ? written(seed) : new GeneratedDigits(seed, "the JDK's fonts", fonts);
    }

    /** Digits drawn with a pen, even if there are fonts. */
    static GeneratedDigits written(long seed) {
        return new GeneratedDigits(seed, "a pen, because this JDK has no fonts", PenOutlines.all());
    }

    /** The source of the digits' shapes, worded for a reader. */
    public String typefaces() {
        return typefaces;
    }

    /** The first {@code limit} of the 60,000 training images; the others are not drawn. */
    public DigitSet train(int limit) {
        return draw(Math.min(limit, TRAIN_IMAGES), 0);
    }

    /** The 10,000 test images. */
    public DigitSet test() {
        return test(TEST_IMAGES);
    }

    /** The first {@code limit} of the test images; the others are not drawn. */
    public DigitSet test(int limit) {
        return draw(Math.min(limit, TEST_IMAGES), TRAIN_IMAGES);
    }

    private DigitSet draw(int count, int firstIndex) {
        byte[] pixels = new byte[count * DigitSet.PIXELS];
        byte[] labels = new byte[count];
        IntStream.range(0, count)
                .parallel()
                .forEach(image -> labels[image] = draw(firstIndex + image, pixels, image * DigitSet.PIXELS));
        return new DigitSet(pixels, labels);
    }

    /** Draws one image and returns its class. */
    private byte draw(int index, byte[] pixels, int offset) {
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + index);
        byte digit = (byte) random.nextInt(DigitSet.CLASSES);
        Typeface style = styles.get(random.nextInt(styles.size()));
        new Distortion(random).draw(style.digits().get(digit), pixels, offset);
        return digit;
    }
}
