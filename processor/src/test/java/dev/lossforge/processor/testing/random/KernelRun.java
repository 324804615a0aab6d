package dev.lossforge.processor.testing.random;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Runs a generated loss. It speaks of the JDK's types alone, so that it can be loaded together with a runtime of
 * another class loader.
 */
public final class KernelRun implements BiFunction<String, KernelCall, Map<String, float[]>> {

    private final ClassLoader classes;

    /** @param classes where the generated losses are found */
    public KernelRun(ClassLoader classes) {
        this.classes = classes;
    }

    @Override
    public Map<String, float[]> apply(String className, KernelCall call) {
        return results(create(className, call.parameters()), call);
    }

    /** The batch of a call. */
    public static LossInputs inputs(KernelCall call) {
        Data[] data = new Data[call.data().size()];
        for (int i = 0; i < data.length; i++) {
            int[] shape = call.shapes().get(i);
            data[i] = call.data().get(i) instanceof int[] ints
                    ? IntTensor.over(ints, shape)
                    : Tensor.over((float[]) call.data().get(i), shape);
        }
        LossInputs inputs = LossInputs.of(data);
        if (call.weights().isEmpty()) {
            return inputs;
        }
        Tensor weights = Tensor.zeros(call.weights().size());
        for (int i = 0; i < weights.size(); i++) {
            weights.array()[i] = call.weights().get(i);
        }
        return inputs.withWeights(weights);
    }

    /** What a loss finds, by name; {@code value} has one entry. */
    public static Map<String, float[]> results(LossFunction loss, KernelCall call) {
        LossInputs inputs = inputs(call);
        LossResult result = loss.valueAndGradients(inputs, Reduction.valueOf(call.reduction()));
        Map<String, float[]> results = new TreeMap<>();
        results.put("value", new float[] {(float) result.value()});
        results.put("value alone", new float[] {(float) loss.value(inputs, Reduction.valueOf(call.reduction()))});
        if (result.values() != null) {
            results.put("values", result.values().array());
            results.put("values alone", loss.values(inputs).array());
        }
        loss.parts(inputs, Reduction.valueOf(call.reduction()))
                .forEach((name, part) -> results.put("part " + name, new float[] {(float) (double) part}));
        loss.partValues(inputs).forEach((name, part) -> results.put("parts " + name, part.array()));
        result.gradients().forEach((name, g) -> results.put("gradient " + name, g.array()));
        result.hessians().forEach((name, h) -> results.put("hessian " + name, h.array()));
        result.parameterGradients().forEach((name, g) -> results.put("gradient " + name, g.array()));
        return results;
    }

    /** A generated loss with these hyperparameters. */
    public LossFunction create(String className, List<Object> parameters) {
        try {
            Class<?> type = classes.loadClass(className);
            for (Constructor<?> constructor : type.getConstructors()) {
                if (constructor.getParameterCount() == parameters.size()) {
                    return (LossFunction) constructor.newInstance(parameters.toArray());
                }
            }
            throw new AssertionError("no such constructor of " + className);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(className, e);
        }
    }
}
