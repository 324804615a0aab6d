package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.Suggestions;
import dev.lossforge.cli.numbers.NestedNumbers;
import dev.lossforge.cli.numbers.NumbersReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of {@code lossforge eval}, each written {@code NAME=JSON} or {@code JSON}. */
record EvalArguments(
        List<String> predictions,
        List<String> targets,
        List<String> weights,
        Optional<String> mask,
        Optional<Integer> ignoreIndex,
        List<String> parameters) {
    private static final String PREDICTION = "--prediction";
    private static final String TARGET = "--target";
    private static final String PARAM = "--param";
    private static final String WEIGHTS = "--weights";
    private static final String WEIGHT = "--weight";

    /** The predictions and targets of a loss, or the weights of a regularizer, in the order of the formula. */
    List<NestedNumbers> data(LossDescription loss) {
        Map<String, NestedNumbers> values = new LinkedHashMap<>();
        if (loss.kind() == LossDescription.Kind.REGULARIZER) {
            List<String> texts = new ArrayList<>(weights);
            texts.addAll(predictions);
            assign(loss, WEIGHT, loss.predictions(), texts, values);
        } else {
            assign(loss, PREDICTION, loss.predictions(), predictions, values);
        }
        assign(loss, TARGET, loss.targets(), targets, values);
        List<NestedNumbers> ordered = new ArrayList<>();
        for (Input input : loss.data()) {
            NestedNumbers numbers = values.get(input.name());
            if (numbers == null) {
                throw new ArgumentException("%s has no value for '%s' (%s per %s); give it with %s %s=JSON"
                        .formatted(
                                loss.signature(),
                                input.name(),
                                input.javaType(),
                                Words.unit(loss),
                                option(input),
                                input.name()));
            }
            ordered.add(numbers);
        }
        return ordered;
    }

    /** The given hyperparameters, by name. */
    Map<String, NestedNumbers> parameters(LossDescription loss) {
        Map<String, NestedNumbers> values = new LinkedHashMap<>();
        assign(loss, PARAM, loss.parameters(), parameters, values);
        return values;
    }

    /** The weights of a loss's samples, and which samples count. */
    CountedSamples samples(LossDescription loss, List<NestedNumbers> data) {
        if (weights.size() > 1) {
            throw new ArgumentException(WEIGHTS + " is given twice; give the weights of all samples as one array");
        }
        CountedSamples samples = new CountedSamples(
                weights.stream().map(text -> numbers(WEIGHTS, text).floats()).findFirst());
        mask.ifPresent(text -> samples.mask("--mask", numbers("--mask", text).floats()));
        ignoreIndex.ifPresent(label -> samples.ignore(labels(loss, data).ints(), label));
        return samples;
    }

    private static NestedNumbers numbers(String option, String argument) {
        return NumbersReader.read(option, ArgumentText.of(option, argument).value());
    }

    /** The class indices of a loss. */
    private static NestedNumbers labels(LossDescription loss, List<NestedNumbers> data) {
        for (int i = 0; i < data.size(); i++) {
            Input input = loss.data().get(i);
            if (input.type().equals("int") && input.rank() == 0) {
                return data.get(i);
            }
        }
        throw new ArgumentException(
                "%s takes no class index that --ignore-index could leave out; use --mask".formatted(loss.signature()));
    }

    private static void assign(
            LossDescription loss,
            String option,
            List<Input> inputs,
            List<String> arguments,
            Map<String, NestedNumbers> values) {
        for (String argument : arguments) {
            ArgumentText text = ArgumentText.of(option, argument);
            if (text.name().isEmpty() && NumbersReader.isObject(text.value())) {
                NumbersReader.readObject(option, text.value())
                        .forEach((name, numbers) -> put(input(loss, option, inputs, name), option, numbers, values));
            } else {
                Input input = text.name()
                        .map(name -> input(loss, option, inputs, name))
                        .orElseGet(() -> next(loss, option, inputs, values));
                put(input, option, NumbersReader.read(text.where(), text.value()), values);
            }
        }
    }

    private static void put(Input input, String option, NestedNumbers numbers, Map<String, NestedNumbers> values) {
        if (values.putIfAbsent(input.name(), numbers) != null) {
            throw new ArgumentException("%s %s is given twice; give it once".formatted(option, input.name()));
        }
    }

    private static Input input(LossDescription loss, String option, List<Input> inputs, String name) {
        for (Input input : loss.inputs()) {
            if (input.name().equals(name)) {
                if (!inputs.contains(input)) {
                    throw new ArgumentException("'%s' of %s is a %s; give it with %s"
                            .formatted(name, loss.signature(), Words.lowerCase(input.role()), option(input)));
                }
                return input;
            }
        }
        List<String> known = inputs.stream().map(Input::name).toList();
        throw new ArgumentException("%s has no '%s' for %s%s; it has %s"
                .formatted(
                        loss.signature(),
                        name,
                        option,
                        Suggestions.didYouMean(name, known),
                        known.isEmpty() ? "none" : String.join(", ", known)));
    }

    /** The input for an argument without a name: the first one that has no value yet. */
    private static Input next(
            LossDescription loss, String option, List<Input> inputs, Map<String, NestedNumbers> values) {
        if (option.equals(PARAM)) {
            throw new ArgumentException("%s names the hyperparameter it sets, as in %s"
                    .formatted(
                            PARAM,
                            inputs.isEmpty()
                                    ? "--param delta=1"
                                    : "--param " + inputs.getFirst().name() + "=1"));
        }
        return inputs.stream()
                .filter(i -> !values.containsKey(i.name()))
                .findFirst()
                .orElseThrow(() -> new ArgumentException(
                        "%s takes %d by %s, but more are given".formatted(loss.signature(), inputs.size(), option)));
    }

    private static String option(Input input) {
        return switch (input.role()) {
            case PREDICTION -> PREDICTION;
            case WEIGHT -> WEIGHT;
            case TARGET -> TARGET;
            case PARAMETER -> PARAM;
        };
    }
}
