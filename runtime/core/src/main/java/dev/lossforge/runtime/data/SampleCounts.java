package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/** Checks that inputs and targets belong to the same samples. */
final class SampleCounts {
    private SampleCounts() {}

    static void requireEqual(SequencedMap<String, Tensor> inputs, Map<String, Data> targets) {
        if (inputs.isEmpty()) {
            throw new DataException("There are no inputs; give at least one.");
        }
        String firstName = named("inputs", inputs, inputs.firstEntry().getKey());
        Tensor first = inputs.firstEntry().getValue();
        int samples = samples(firstName, first);
        inputs.forEach((name, data) -> {
            if (samples(named("inputs", inputs, name), data) != samples) {
                throw new DataException("There are " + samples + " " + firstName + " (shape " + first.shape() + ") but "
                        + data.samples() + " " + named("inputs", inputs, name) + " (shape " + data.shape()
                        + "); give one row of each per sample.");
            }
        });
        targets.forEach((name, data) -> {
            String what = named("targets", targets, name);
            if (samples(what, data) != samples) {
                throw new DataException("There are " + samples + " inputs (shape " + first.shape() + ") but "
                        + data.samples() + " " + what + " (shape " + data.shape() + "); give one target per input.");
            }
        });
    }

    private static String named(String what, Map<String, ?> all, String name) {
        return all.size() == 1 ? what : what + " '" + name + "'";
    }

    private static int samples(String name, Data data) {
        if (data.shape().rank() == 0) {
            throw new DataException("The " + name + " are a single value of shape [], but axis 0 must count samples.");
        }
        return data.samples();
    }
}
