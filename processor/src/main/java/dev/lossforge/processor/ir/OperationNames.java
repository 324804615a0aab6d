package dev.lossforge.processor.ir;

import java.util.Locale;

/** Names of operations in the style of functions: {@code LOG_SUM_EXP} is {@code logSumExp}. */
public final class OperationNames {

    private OperationNames() {}

    public static String of(Enum<?> operation) {
        StringBuilder name = new StringBuilder();
        boolean capital = false;
        for (char c : operation.name().toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '_') {
                name.append(capital ? Character.toUpperCase(c) : c);
            }
            capital = c == '_';
        }
        return name.toString();
    }
}
