package dev.lossforge.runtime.internal.chart;

import java.math.BigDecimal;

/** Formats numbers that a user chose the way people write them. */
public final class Numbers {
    private static final double MIN_PLAIN = 1e-3;
    private static final double MAX_PLAIN = 1e7;

    private Numbers() {}

    /** The fewest digits that read back as the same number, as in {@code 3}, {@code 0.25} and {@code 1e-4}. */
    public static String shortest(double number) {
        double size = Math.abs(number);
        if (number == 0 || !Double.isFinite(number)) {
            return number == 0 ? "0" : Double.toString(number);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (size >= MIN_PLAIN && size < MAX_PLAIN) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        int exponent = decimal.precision() - decimal.scale() - 1;
        return (number < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
}
