package dev.lossforge.processor.frontend;

import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula.Kind;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import java.util.List;
import java.util.Locale;

/**
 * The inputs of a formula as values. In a formula over the batch, all predictions and targets have one entry or row for
 * each sample, so all have the length of the first prediction.
 */
final class InputArrays {

    private final Exprs exprs;
    private final Signature signature;

    InputArrays(Exprs exprs, Signature signature) {
        this.exprs = exprs;
        this.signature = signature;
    }

    Value value(Input input) {
        return switch (input.rank()) {
            case 0 -> new Scalar(exprs.load(input, List.of()));
            case 1 -> new Vector(input.type(), 1, extent(input, 0), i -> new Scalar(exprs.load(input, List.of(i))));
            default -> new Vector(input.type(), 2, extent(input, 0), i -> row(input, i));
        };
    }

    private Vector row(Input input, Expr i) {
        return new Vector(input.type(), 1, extent(input, 1), j -> new Scalar(exprs.load(input, List.of(i, j))));
    }

    private Expr extent(Input input, int axis) {
        return axis == 0 && isPerSample(input) ? exprs.extent(firstPrediction(), 0) : exprs.extent(input, axis);
    }

    private boolean isPerSample(Input input) {
        return signature.kind() == Kind.LOSS
                && signature.scope() == Scope.BATCH
                && (input.role() == Role.PREDICTION || input.role() == Role.TARGET);
    }

    private Input firstPrediction() {
        return signature.inputs().stream()
                .filter(i -> i.role() == Role.PREDICTION)
                .findFirst()
                .orElseThrow();
    }

    /** What the input is, such as "one int per sample". */
    String description(Input input) {
        String type = input.type().name().toLowerCase(Locale.ROOT);
        if (input.role() == Role.PARAMETER) {
            return input.rank() == 0 ? "one " + type + " for all samples" : "a vector for all samples";
        }
        String unit = signature.scope().name().toLowerCase(Locale.ROOT);
        return input.rank() == 0 ? "one " + type + " per " + unit : SignatureReader.type(input);
    }
}
