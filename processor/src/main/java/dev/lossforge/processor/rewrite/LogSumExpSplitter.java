package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.ExprNodes;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits log-sum-exp and norm into the greatest value and the rest, so that large and small operands keep their digits.
 * {@code LOG_SUM_EXP} and {@code NORM} disappear; {@code LOG_SUM_EXP_EXCESS} appears. Comes last, since it makes the
 * derivatives harder to read.
 */
public final class LogSumExpSplitter {

    private LogSumExpSplitter() {}

    public static Derivatives rewrite(Derivatives derivatives) {
        return rewrite(derivatives, NormRules.ALL);
    }

    /** Whether {@link #rewriteForVectors} may make something else than {@link #rewrite}. */
    public static boolean differsForVectors(Derivatives derivatives) {
        return ExprNodes.anyMatch(derivatives.expressions(), NormRules::mayBeNorm);
    }

    /** For vector loops, where {@code ROOT_OF_SQUARES} appears in the place of {@code NORM}. */
    public static Derivatives rewriteForVectors(Derivatives derivatives) {
        return rewrite(derivatives, NormRules.IN_VECTORS);
    }

    private static Derivatives rewrite(Derivatives derivatives, List<Rule> norms) {
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.addAll(LogSumExpRules.ALL);
        rules.addAll(norms);
        return DerivativesRewriter.rewrite(derivatives, rules);
    }
}
