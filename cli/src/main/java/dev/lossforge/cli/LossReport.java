package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.cli.numbers.NestedNumbers;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes a loss or a regularizer on the command line's numbers and formats the result. */
final class LossReport {
    private static final String PARTS = "parts";

    private final LossFactory factory;
    private final LossDescription loss;
    private final Reduction reduction;

    LossReport(ClassLoader loader, LossDescription loss, Reduction reduction) {
        this.factory = new LossFactory(loader);
        this.loss = loss;
        this.reduction = reduction;
    }

    /** The result, as the members of the JSON object that {@code --json} prints. */
    Map<String, Object> of(EvalArguments arguments) {
        Map<String, Data> parameters = LossFactory.parameters(loss, arguments.parameters(loss));
        List<NestedNumbers> data = arguments.data(loss);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("loss", loss.name());
        report.put("className", loss.className());
        report.put("kind", Words.lowerCase(loss.kind()));
        if (loss.kind() == LossDescription.Kind.REGULARIZER) {
            report.put("params", numbers(parameters));
            addPenalty(report, factory.regularizer(loss, parameters), data);
        } else {
            report.put("reduction", ReductionConverter.name(reduction));
            report.put("params", numbers(parameters));
            addLoss(report, factory.loss(loss, parameters), arguments, data);
        }
        return report;
    }

    private void addLoss(
            Map<String, Object> report, LossFunction computed, EvalArguments arguments, List<NestedNumbers> data) {
        Data[] inputs = new Data[data.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = LossFactory.data(loss.data().get(i), data.get(i));
        }
        LossInputs counted = arguments.samples(loss, data).of(LossInputs.of(inputs));
        LossResult result = computed.valueAndGradients(counted, reduction);
        if (result.values() == null) {
            report.put("value", result.value());
        } else {
            report.put("value", NestedNumbers.listsOf(result.values()));
            report.put("sum", result.value());
        }
        if (!loss.parts().isEmpty()) {
            report.put(
                    PARTS,
                    reduction == Reduction.NONE
                            ? lists(computed.partValues(counted))
                            : computed.parts(counted, reduction));
        }
        report.put("gradients", lists(result.gradients()));
        if (loss.hessian()) {
            report.put("hessians", lists(result.hessians()));
        }
        if (!result.parameterGradients().isEmpty()) {
            report.put("paramGradients", lists(result.parameterGradients()));
        }
    }

    private void addPenalty(Map<String, Object> report, PenaltyFunction computed, List<NestedNumbers> data) {
        Input input = loss.predictions().getFirst();
        Tensor weights = data.getFirst().floats();
        Tensor gradient = Tensor.zeros(weights.shape());
        report.put("value", computed.addGradient(weights, 1, gradient));
        if (!loss.parts().isEmpty()) {
            report.put(PARTS, computed.parts(weights));
        }
        report.put("gradients", Map.of(input.name(), NestedNumbers.listsOf(gradient)));
    }

    private static Map<String, Object> lists(Map<String, Tensor> tensors) {
        Map<String, Object> lists = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> lists.put(name, NestedNumbers.listsOf(tensor)));
        return lists;
    }

    private static Map<String, Object> numbers(Map<String, Data> parameters) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        parameters.forEach((name, value) -> numbers.put(
                name,
                switch (value) {
                    case Tensor floats -> NestedNumbers.listsOf(floats);
                    case IntTensor ints -> ints.shape().rank() == 0 ? ints.array()[0] : ints.array();
                }));
        return numbers;
    }

    /** The result as lines of text; numbers are written as in JSON. */
    static String text(Map<String, Object> report) {
        StringBuilder text = new StringBuilder();
        report.forEach((name, value) -> {
            switch (name) {
                case "value" -> line(text, "value", value);
                case "sum" -> line(text, "sum", value);
                case PARTS -> each(text, "part ", value);
                case "gradients" -> each(text, "gradient of ", value);
                case "hessians" -> each(text, "Hessian diagonal of ", value);
                case "paramGradients" -> each(text, "gradient of parameter ", value);
                default -> {} // known to the user
            }
        });
        return text.toString().stripTrailing();
    }

    private static void each(StringBuilder text, String title, Object values) {
        if (values instanceof Map<?, ?> members) {
            members.forEach((name, value) -> line(text, title + name, value));
        }
    }

    private static void line(StringBuilder text, String title, Object value) {
        text.append("%-24s ".formatted(title)).append(numbers(value)).append('\n');
    }

    private static String numbers(Object value) {
        return value instanceof List<?> entries
                ? entries.stream().map(LossReport::numbers).collect(Collectors.joining(", ", "[", "]"))
                : value.toString();
    }
}
