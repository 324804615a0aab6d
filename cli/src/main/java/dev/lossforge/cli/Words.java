package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.runtime.internal.chart.Numbers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts about a loss, worded for the command line. */
final class Words {
    private Words() {}

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The scope of the loss, as in {@code per sample}. */
    static String scope(LossDescription loss) {
        return "per " + unit(loss);
    }

    /** The unit of the loss, as in {@code sample}. */
    static String unit(LossDescription loss) {
        return lowerCase(loss.scope());
    }

    /** A hyperparameter with its default and range, as in {@code delta = 1, at least 0}. */
    static String parameter(Input input) {
        StringBuilder text = new StringBuilder(input.name());
        if (input.defaultValue() != null) {
            text.append(" = ").append(Numbers.shortest(input.defaultValue()));
        } else {
            text.append(", ").append(input.javaType()).append(", required");
        }
        if (input.rank() == 0 && input.type().equals("int")) {
            text.append(", whole");
        }
        String range = range(input.min(), input.max());
        return text + (range.isEmpty() ? "" : ", " + range) + (input.trainable() ? ", trainable" : "");
    }

    /** The bounds in words; empty if there are none. */
    static String range(@Nullable Double min, @Nullable Double max) {
        if (min != null && max != null) {
            return Numbers.shortest(min) + " to " + Numbers.shortest(max);
        }
        return min != null
                ? "at least " + Numbers.shortest(min)
                : max != null ? "at most " + Numbers.shortest(max) : "";
    }

    /** A number with its noun, as in {@code 1 epoch} and {@code 2 epochs}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
