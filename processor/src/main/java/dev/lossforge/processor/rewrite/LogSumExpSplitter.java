package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Derivatives;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes differences from a log-sum-exp so that large operands keep their digits. {@code LOG_SUM_EXP} disappears;
 * {@code LOG_SUM_EXP_EXCESS} appears. Comes last, since it makes the derivatives harder to read.
 */
public final class LogSumExpSplitter {

    private LogSumExpSplitter() {}

    public static Derivatives rewrite(Derivatives derivatives) {
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.addAll(LogSumExpRules.ALL);
        return DerivativesRewriter.rewrite(derivatives, rules);
    }
}
