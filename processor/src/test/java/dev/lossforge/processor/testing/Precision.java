package dev.lossforge.processor.testing;

/**
 * A floating-point format, and how well it is computed with.
 *
 * @param roundoff half an ulp of 1
 * @param least the distance of the least numbers
 * @param greatest the greatest finite number
 */
public record Precision(double roundoff, double least, double greatest, Accuracy accuracy) {

    public static final Precision FLOAT = floats(Accuracy.JAVA);
    public static final Precision DEVICE_FLOAT = floats(Accuracy.OPENCL);
    public static final Precision DOUBLE = new Precision(0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE, Accuracy.JAVA);

    private static Precision floats(Accuracy accuracy) {
        return new Precision(0x1p-24, Float.MIN_VALUE, Float.MAX_VALUE, accuracy);
    }

    /** The number as it is held. */
    double held(double value) {
        return this == DOUBLE ? value : (float) value;
    }
}
