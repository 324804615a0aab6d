package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.Suggestions;
import dev.lossforge.runtime.loss.Reduction;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a reduction, in any case and with hyphens or underscores. */
final class ReductionConverter implements ITypeConverter<Reduction> {
    private static final List<String> NAMES = List.of("none", "sum", "mean", "weighted-mean");

    @Override
    public Reduction convert(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (name) {
            case "none" -> Reduction.NONE;
            case "sum" -> Reduction.SUM;
            case "mean" -> Reduction.MEAN;
            case "weighted-mean", "weightedmean", "mean-by-weight" -> Reduction.WEIGHTED_MEAN;
            default ->
                throw new TypeConversionException("'" + text + "' is not a reduction"
                        + Suggestions.didYouMean(name, NAMES) + "; choose none, sum, mean or weighted-mean");
        };
    }

    static String name(Reduction reduction) {
        return reduction.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
