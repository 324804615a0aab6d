package dev.lossforge.processor.testing;

/**
 * A floating-point format.
 *
 * @param roundoff half an ulp of 1
 * @param least the distance of the least numbers
 * @param greatest the greatest finite number
 */
public record Precision(double roundoff, double least, double greatest) {

    public static final Precision FLOAT = new Precision(0x1p-24, Float.MIN_VALUE, Float.MAX_VALUE);
    public static final Precision DOUBLE = new Precision(0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE);

    /** The number as it is held. */
    double held(double value) {
        return this == FLOAT ? (float) value : value;
    }
}
