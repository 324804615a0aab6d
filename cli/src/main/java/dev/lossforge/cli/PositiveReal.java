package dev.lossforge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a finite number above 0. */
final class PositiveReal implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new TypeConversionException("'%s' is not a finite number above 0".formatted(text));
    }
}
