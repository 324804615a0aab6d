package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Derivatives;

/**
 * The form of derivatives that loops are made of: ordinary sums for log-sum-exps, and no sums of a few terms within
 * other loops. Comes last, after {@link LogSumExpSplitter}, since it makes them harder to read.
 */
public final class LoopForm {

    private LoopForm() {}

    public static Derivatives rewrite(Derivatives derivatives) {
        return ShortReductions.rewrite(LogSumExpExpansion.rewrite(derivatives));
    }
}
