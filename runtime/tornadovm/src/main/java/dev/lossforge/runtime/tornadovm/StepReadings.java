package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the numbers of a step mean, after the device has computed them for a batch. */
record StepReadings(DeviceProgram program, HostBatch batch, StepResults results) {

    boolean applied() {
        return results.array().get(StepResults.APPLIED) != 0;
    }

    /** The weighted sum of the reduced losses. */
    double value() {
        List<LossTerm> terms = program.spec().losses();
        double sum = 0;
        for (int i = 0; i < terms.size(); i++) {
            sum += terms.get(i).weight() * loss(i);
        }
        return sum;
    }

    private double loss(int number) {
        double divisor = batch.divisor(number, program.spec());
        return divisor == 0 ? 0 : results.array().get(StepResults.loss(number)) / divisor; // nothing counts
    }

    /** The reduced losses by name; empty if there is one. */
    Map<String, Double> losses() {
        List<LossTerm> terms = program.spec().losses();
        Map<String, Double> losses = new LinkedHashMap<>();
        for (int i = 0; terms.size() > 1 && i < terms.size(); i++) {
            losses.put(terms.get(i).name(), loss(i));
        }
        return losses;
    }

    double penalty() {
        double sum = 0;
        for (int i = 0; i < program.penalties().size(); i++) {
            double factor = program.penalties().get(i).penalty().factor();
            sum += factor * results.array().get(results.penalty(i));
        }
        return sum;
    }

    /** The trained hyperparameters that the losses used, by name. */
    Map<String, Tensor> hyperparameters() {
        CompileSpec spec = program.spec();
        Map<String, Tensor> hyperparameters = new LinkedHashMap<>();
        int at = results.hyperparameters();
        for (Parameter parameter : spec.hyperparameters().keySet()) {
            Tensor value = Tensor.zeros(parameter.shape());
            for (int i = 0; i < value.size(); i++) {
                value.array()[i] = results.array().get(at++);
            }
            hyperparameters.put(parameter.name(), value);
        }
        return hyperparameters;
    }
}
