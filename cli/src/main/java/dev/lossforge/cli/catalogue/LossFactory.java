package dev.lossforge.cli.catalogue;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.numbers.NestedNumbers;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates generated losses from their descriptions. Their constructors take all hyperparameters in order. */
public final class LossFactory {
    private final ClassLoader loader;

    public LossFactory(ClassLoader loader) {
        this.loader = loader;
    }

    /** A value for each hyperparameter: the given one or the default. The error names those that have neither. */
    public static Map<String, Data> parameters(LossDescription description, Map<String, NestedNumbers> given) {
        Map<String, Data> values = new LinkedHashMap<>();
        for (Input input : description.parameters()) {
            NestedNumbers numbers = given.get(input.name());
            if (numbers != null) {
                values.put(input.name(), data(input, numbers));
            } else if (input.defaultValue() != null) {
                values.put(input.name(), constant(input, input.defaultValue()));
            } else {
                throw new ArgumentException(
                        "The hyperparameter '%s' (%s) of %s has no default; give it with --param %s=…"
                                .formatted(input.name(), input.javaType(), description.name(), input.name()));
            }
        }
        return values;
    }

    /** The numbers as a tensor of the input's type. */
    public static Data data(Input input, NestedNumbers numbers) {
        return input.type().equals("int") ? numbers.ints() : numbers.floats();
    }

    private static Data constant(Input input, double value) {
        return input.type().equals("int") ? IntTensor.over(new int[] {(int) value}) : Tensor.scalar((float) value);
    }

    public LossFunction loss(LossDescription description, Map<String, Data> parameters) {
        return make(description, parameters, LossFunction.class);
    }

    public PenaltyFunction regularizer(LossDescription description, Map<String, Data> parameters) {
        return make(description, parameters, PenaltyFunction.class);
    }

    private <T> T make(LossDescription description, Map<String, Data> parameters, Class<T> type) {
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Input input : description.parameters()) {
            Object value = argument(input, parameters.getOrDefault(input.name(), Tensor.scalar(Float.NaN)));
            values.add(value);
            types.add(primitive(value));
        }
        try {
            return type.cast(Class.forName(description.className(), true, loader)
                    .getConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LossforgeException known) {
                throw known;
            }
            throw unusable(description, e);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw unusable(description, e);
        }
    }

    private static DataException unusable(LossDescription description, Throwable cause) {
        return new DataException("The class " + description.className()
                + " does not fit its description or this version of Lossforge (" + cause + "); rebuild its module.");
    }

    /** The value in the type of the constructor's parameter: a {@code float}, an {@code int}, or an array. */
    private static Object argument(Input input, Data data) {
        if (data.shape().rank() != input.rank()) {
            throw new ArgumentException("The hyperparameter '%s' is %s, but a value of shape %s is given; %s"
                    .formatted(
                            input.name(),
                            input.rank() == 0 ? "one number" : "an array of numbers with " + input.rank() + " axes",
                            data.shape(),
                            input.rank() == 0 ? "give one number" : "write it as a JSON array"));
        }
        return switch (data) {
            case Tensor tensor ->
                switch (input.rank()) {
                    case 0 -> tensor.item();
                    case 1 -> tensor.array();
                    default -> rows(tensor);
                };
            case IntTensor tensor -> input.rank() == 0 ? tensor.array()[0] : tensor.array();
        };
    }

    private static float[][] rows(Tensor tensor) {
        float[][] rows = new float[tensor.samples()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = tensor.row(i).array();
        }
        return rows;
    }

    private static Class<?> primitive(Object value) {
        return switch (value) {
            case Float f -> float.class;
            case Integer i -> int.class;
            default -> value.getClass();
        };
    }
}
