package dev.lossforge.runtime.internal.form;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.FormulaPenalty;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.UnitLoss;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The serialized form of a loss or a penalty: the name of its class, and its hyperparameters. One written by hand is
 * its own form, if it is serializable.
 *
 * @param className the generated class, or the class written by hand
 * @param hyperparameters the hyperparameters in the order of the constructor, each a {@code Float}, an {@code Integer}
 *     or an array; or the loss that was written by hand
 */
public record LossForm(String className, List<Serializable> hyperparameters) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern FORM = Pattern.compile("([\\w.$]+)\\((.*)\\)");
    private static final Pattern HYPERPARAMETER = Pattern.compile("\\[[-\\d.E, ]*]|-?\\d[-\\d.E]*");

    public LossForm {
        hyperparameters = List.copyOf(hyperparameters);
    }

    /**
     * The form of a loss.
     *
     * @throws ConfigurationException if the loss was written by hand and is not serializable
     */
    public static LossForm of(LossFunction loss) {
        String name = loss.getClass().getName();
        return switch (loss) {
            case FormulaLoss formula ->
                new LossForm(
                        name, formula.parameters().stream().map(LossForm::plain).toList());
            case UnitLoss byHand
            when byHand instanceof Serializable travelling -> new LossForm(name, List.of(travelling));
            case UnitLoss byHand ->
                throw new ConfigurationException("The loss " + byHand.signature() + " cannot be sent or saved, because"
                        + " its class " + name + " is not serializable; let it implement java.io.Serializable.");
        };
    }

    /**
     * The form of a penalty.
     *
     * @throws ConfigurationException if the penalty was written by hand and is not serializable
     */
    public static LossForm of(PenaltyFunction penalty) {
        String name = penalty.getClass().getName();
        if (penalty instanceof FormulaPenalty formula) {
            return new LossForm(
                    name, formula.parameters().stream().map(LossForm::plain).toList());
        }
        if (penalty instanceof Serializable travelling) {
            return new LossForm(name, List.of(travelling));
        }
        throw new ConfigurationException("The penalty '" + penalty.name() + "' cannot be sent or saved, because its"
                + " class " + name + " is not serializable; let it implement java.io.Serializable.");
    }

    /**
     * The form as text, as in {@code dev.lossforge.losses.HuberLoss(0.5)}; {@link #parse} reads it.
     *
     * @throws ConfigurationException if the loss was written by hand, because only its class knows its state
     */
    public String text() {
        if (isByHand()) {
            throw new ConfigurationException(
                    "The loss class " + className + " was written by hand, so it has no form as text.");
        }
        return hyperparameters.stream().map(LossForm::text).collect(Collectors.joining(", ", className + "(", ")"));
    }

    private static String text(Serializable hyperparameter) {
        return switch (hyperparameter) {
            case float[] floats -> Arrays.toString(floats);
            case int[] ints -> Arrays.toString(ints);
            default -> hyperparameter.toString();
        };
    }

    /**
     * The form that this text describes.
     *
     * @throws ConfigurationException if it describes none
     */
    public static LossForm parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new ConfigurationException("'" + text + "' is not a loss class with its hyperparameters, such as"
                    + " com.example.HuberLoss(0.5).");
        }
        return new LossForm(
                form.group(1),
                HYPERPARAMETER
                        .matcher(form.group(2))
                        .results()
                        .<Serializable>map(part -> number(part.group()))
                        .toList());
    }

    private static Serializable number(String text) {
        if (!text.startsWith("[")) {
            return isInt(text) ? (Serializable) Integer.valueOf(text) : (Serializable) Float.valueOf(text);
        }
        String[] parts = text.substring(1, text.length() - 1).split(", ", -1);
        if (isInt(parts[0])) {
            return Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
        }
        float[] floats = new float[parts.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.parseFloat(parts[i]);
        }
        return floats;
    }

    /** Whether a number is an int: Java always writes a float with a point. */
    private static boolean isInt(String text) {
        return text.indexOf('.') < 0;
    }

    private boolean isByHand() {
        return hyperparameters.size() == 1 && hyperparameters.getFirst() instanceof LossFunction;
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
     * Creates the loss; the thread's class loader finds its class.
     *
     * @throws ConfigurationException if the class does not exist, or does not accept these hyperparameters
     */
    public LossFunction toLoss() {
        if (hyperparameters.size() == 1 && hyperparameters.getFirst() instanceof LossFunction byHand) {
            return byHand;
        }
        return made(FormulaLoss.class);
    }

    /**
     * The penalty, as {@link #toLoss}.
     *
     * @throws ConfigurationException if the class is not there, or does not take these hyperparameters
     */
    public PenaltyFunction toPenalty() {
        if (hyperparameters.size() == 1 && hyperparameters.getFirst() instanceof PenaltyFunction byHand) {
            return byHand;
        }
        return made(FormulaPenalty.class);
    }

    private <T> T made(Class<T> kind) {
        Class<?>[] types = hyperparameters.stream().map(LossForm::type).toArray(Class<?>[]::new);
        try {
            return generated(kind).getConstructor(types).newInstance(new ArrayList<Object>(hyperparameters).toArray());
        } catch (ReflectiveOperationException e) {
            throw refused(
                    "The loss class " + className
                            + " of this machine does not accept the hyperparameters that were sent;"
                            + " use the same jar on all machines.",
                    e);
        }
    }

    /** The class, without running any code of a class that is not generated. */
    private <T> Class<? extends T> generated(Class<T> kind) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(className, false, loader == null ? LossForm.class.getClassLoader() : loader)
                    .asSubclass(kind);
        } catch (ClassNotFoundException e) {
            throw refused(
                    "The loss class " + className + " is not on the class path of this machine; add the jar that has"
                            + " it.",
                    e);
        } catch (ClassCastException e) {
            throw refused("The class " + className + " is not a generated loss.", e);
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
