package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.loss.LossSignature.ExcludedExtents;

/** Says how long an axis must be for a formula to have a value. */
final class NeededExtents {
    private NeededExtents() {}

    /** Says it of an input whose axis has a length without a value. */
    static String sentence(LossSignature signature, ExcludedExtents rule, String shape, int extent) {
        String name = "'" + signature.inputs().get(rule.input()).name() + "'";
        return "The loss " + signature + " " + needed(rule) + " " + counted(signature, rule) + ", but " + name
                + " of shape " + shape + " has " + extent + "; "
                + (signature.isOfSamples(rule) ? "give more of them" : "make " + name + " longer")
                + ", or let the formula test the length first.";
    }

    private static String needed(ExcludedExtents rule) {
        if (rule.from() == 1) {
            return "needs at least " + (rule.to() + 1);
        }
        return "has no value for " + (rule.from() == rule.to() ? "" : rule.from() + " to ") + rule.to();
    }

    private static String counted(LossSignature signature, ExcludedExtents rule) {
        LossSignature.Input input = signature.inputs().get(rule.input());
        String of = " of '" + input.name() + "'";
        if (signature.isOfSamples(rule)) {
            return "samples, the rows" + of;
        }
        if (input.role() == LossSignature.Input.Role.PARAMETER && input.rank() == 1) {
            return "entries" + of;
        }
        return (rule.axis() < input.rank() - 1 ? "rows" : "entries in each row") + of;
    }
}
