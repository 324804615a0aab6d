package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss as it travels to another machine: the name of its class, and its hyperparameters. A loss written by hand
 * travels as it is, if it is serialisable.
 *
 * @param className of the generated class, or of the one written by hand
 * @param hyperparameters in the order of the constructor, each a {@code Float}, an {@code Integer} or an array; or the
 *     loss that was written by hand
 */
public record LossForm(String className, List<Serializable> hyperparameters) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    public LossForm {
        hyperparameters = List.copyOf(hyperparameters);
    }

    /** @throws ConfigurationException if the loss was written by hand and is not serialisable */
    public static LossForm of(LossFunction loss) {
        String name = loss.getClass().getName();
        return switch (loss) {
            case FormulaLoss formula ->
                new LossForm(
                        name, formula.parameters().stream().map(LossForm::plain).toList());
            case UnitLoss byHand
            when byHand instanceof Serializable travelling -> new LossForm(name, List.of(travelling));
            case UnitLoss byHand ->
                throw new ConfigurationException("The loss " + byHand.signature() + " cannot be sent or saved, as its"
                        + " class " + name + " is not serializable; let it implement java.io.Serializable.");
        };
    }

    private static Serializable plain(Data parameter) {
        boolean scalar = parameter.shape().rank() == 0;
        return switch (parameter) {
            case Tensor floats ->
                scalar ? (Serializable) floats.array()[0] : floats.array().clone();
            case IntTensor ints ->
                scalar ? (Serializable) ints.array()[0] : ints.array().clone();
        };
    }

    /**
     * The loss, made anew where its class is found by the thread's class loader.
     *
     * @throws ConfigurationException if the class is not there, or does not take these hyperparameters
     */
    public LossFunction toLoss() {
        if (hyperparameters.size() == 1 && hyperparameters.getFirst() instanceof LossFunction byHand) {
            return byHand;
        }
        Class<?>[] types = hyperparameters.stream().map(LossForm::type).toArray(Class<?>[]::new);
        try {
            return lossClass().getConstructor(types).newInstance(new ArrayList<Object>(hyperparameters).toArray());
        } catch (ReflectiveOperationException e) {
            throw refused(
                    "The loss class " + className
                            + " of this machine does not take the hyperparameters that it was sent"
                            + " with; use the same jar on all machines.",
                    e);
        }
    }

    /** Nothing of a class runs that is no generated loss. */
    private Class<? extends FormulaLoss> lossClass() {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(className, false, loader == null ? LossForm.class.getClassLoader() : loader)
                    .asSubclass(FormulaLoss.class);
        } catch (ClassNotFoundException e) {
            throw refused(
                    "The loss class " + className + " is not on the class path of this machine; add the jar that has"
                            + " it.",
                    e);
        } catch (ClassCastException e) {
            throw refused("The class " + className + " is no generated loss.", e);
        }
    }

    private static ConfigurationException refused(String message, Exception cause) {
        ConfigurationException refusal = new ConfigurationException(message);
        refusal.initCause(cause);
        return refusal;
    }

    private static Class<?> type(Serializable hyperparameter) {
        return switch (hyperparameter) {
            case Float f -> float.class;
            case Integer i -> int.class;
            default -> hyperparameter.getClass();
        };
    }
}
