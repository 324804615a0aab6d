package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.FormulaPenalty;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A penalty on some of a model's weights. A formula on single weights is evaluated for all of them at once. A formula
 * on rows or a matrix is evaluated for each parameter separately.
 *
 * @param bound the formula bound to weights of this shape, with its hyperparameters
 * @param region the position of the parameter; empty for all weights
 */
public record PenaltyTerm(Penalty penalty, BoundLoss bound, DeviceKernels kernels, Optional<Region> region) {

    /**
     * The terms of these penalties; terms on all weights come first.
     *
     * @param kernels finds the kernels of a regularizer
     * @throws BackendException if a penalty is not generated from a formula
     */
    public static List<PenaltyTerm> of(
            List<Penalty> penalties, Architecture architecture, Function<Object, DeviceKernels> kernels) {
        List<PenaltyTerm> ofAll = new ArrayList<>();
        List<PenaltyTerm> ofRegions = new ArrayList<>();
        for (Penalty penalty : penalties) {
            if (!(penalty.regularizer() instanceof FormulaPenalty generated)) {
                throw new BackendException(
                        "The penalty '" + penalty.regularizer().name()
                                + "' is not generated from a formula, which the backend 'tornadovm' needs; choose the backend"
                                + " 'cpu'.");
            }
            if (generated.signature().scope() == Scope.ELEMENT) {
                BoundLoss ofOne = generated.bind(Tensor.zeros(1, 1));
                ofAll.add(new PenaltyTerm(penalty, ofOne, kernels.apply(generated), Optional.empty()));
            } else {
                addRegions(penalty, generated, architecture, kernels.apply(generated), ofRegions);
            }
        }
        ofAll.addAll(ofRegions);
        return List.copyOf(ofAll);
    }

    private static void addRegions(
            Penalty penalty,
            FormulaPenalty generated,
            Architecture architecture,
            DeviceKernels kernels,
            List<PenaltyTerm> terms) {
        int first = 0;
        for (Parameter parameter : architecture.parameters()) {
            int size = parameter.shape().size();
            if (parameter.isWeights()) {
                BoundLoss bound = generated.bind(Tensor.zeros(parameter.shape()));
                terms.add(new PenaltyTerm(penalty, bound, kernels, Optional.of(new Region(first, size))));
            }
            first += size;
        }
    }

    /** The name of its tasks. */
    String name() {
        return "penalty_" + penalty.regularizer().name();
    }
}
