package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the losses that a model is trained with. Training minimizes the sum of all losses, each multiplied by its
 * weight.
 *
 * <p>A loss finds its predictions among the model's outputs, and its targets among those of the data, by the names in
 * its formula. If there is only one on each side, names do not matter. {@link #from} sets another name.
 *
 * <pre>{@code
 * LossTerm.of(new SoftmaxCrossEntropyLoss()).named("digit").from("logits", "digit").from("label", "digit")
 * LossTerm.of(new HuberLoss(1)).named("angle").from("p", "angle").from("y", "angle").weighted(0.3)
 * }</pre>
 *
 * @param name the name under which the loss is reported; unique among the terms of a model, without '/'
 * @param weight finite and above 0
 * @param sources the output or the target for an input of the loss, by the input's name
 */
public record LossTerm(String name, LossFunction loss, double weight, Map<String, String> sources) {

    public LossTerm {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        if (name.isBlank() || name.indexOf('/') >= 0) {
            throw new ConfigurationException(
                    "A loss cannot be named '" + name + "'; a name is not blank and has no '/'.");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new ConfigurationException(
                    "The weight of the loss '" + name + "' is a finite number above 0, but " + weight + " is given.");
        }
        for (String input : sources.keySet()) {
            int position = loss.signature().position(input);
            if (position < 0 || loss.signature().inputs().get(position).role() == LossSignature.Input.Role.PARAMETER) {
                throw new ConfigurationException(
                        "The loss " + loss.signature() + " has no prediction or target '" + input + "'.");
            }
        }
    }

    /** A loss under the name of its formula, with weight 1. */
    public static LossTerm of(LossFunction loss) {
        return new LossTerm(loss.name(), loss, 1, Map.of());
    }

    /** The same loss under another name. */
    public LossTerm named(String name) {
        return new LossTerm(name, loss, weight, sources);
    }

    /** The same loss with this weight. */
    public LossTerm weighted(double weight) {
        return new LossTerm(name, loss, weight, sources);
    }

    /**
     * The same loss, which takes one of its predictions or targets from the model's output, or the data's target, of
     * another name.
     */
    public LossTerm from(String input, String source) {
        Map<String, String> more = new LinkedHashMap<>(sources);
        more.put(input, source);
        return new LossTerm(name, loss, weight, more);
    }

    /** The name of the output or target for an input of the loss. */
    public String source(LossSignature.Input input) {
        return sources.getOrDefault(input.name(), input.name());
    }

    /** The weight, the loss and the sources, as in {@code 0.3·huber(p, y, delta) delta=[1.0]}. */
    public String description() {
        return (weight == 1 ? "" : weight + "·") + loss.description() + (sources.isEmpty() ? "" : " from " + sources);
    }
}
