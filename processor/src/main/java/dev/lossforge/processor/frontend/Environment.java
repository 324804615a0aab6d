package dev.lossforge.processor.frontend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;

/** The values of the variables in scope. Immutable: a declaration makes another environment. */
record Environment(Map<Element, Value> values) {

    static final Environment EMPTY = new Environment(Map.of());

    Environment with(Element variable, Value value) {
        Map<Element, Value> extended = new HashMap<>(values);
        extended.put(variable, value);
        return new Environment(Map.copyOf(extended));
    }

    Optional<Value> get(Element variable) {
        return Optional.ofNullable(values.get(variable));
    }

    boolean has(Element variable) {
        return values.containsKey(variable);
    }

    /** The variables that both have; those with different values have the choice between them. */
    Environment join(Environment other, BinaryOperator<Value> choice) {
        Map<Element, Value> joined = new HashMap<>();
        values.forEach((variable, value) ->
                other.get(variable).ifPresent(o -> joined.put(variable, value == o ? value : choice.apply(value, o))));
        return new Environment(Map.copyOf(joined));
    }

    /** The names of the variables, for suggestions. */
    Set<String> names() {
        return values.keySet().stream().map(e -> e.getSimpleName().toString()).collect(Collectors.toSet());
    }
}
