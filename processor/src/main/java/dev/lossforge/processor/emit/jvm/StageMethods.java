package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * The methods of a class that compute one stage each: a loop over the lanes of their parameters, all with the same
 * index, small enough for the JIT compiler to unroll and vectorise.
 */
final class StageMethods {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E-?[0-9]+)?f?");

    private final List<MethodSpec> methods = new ArrayList<>();
    private final Names names;

    StageMethods(Names names) {
        this.names = names;
    }

    List<MethodSpec> methods() {
        return methods;
    }

    /**
     * Adds the method that computes some values, and returns its call.
     *
     * @param values in an order in which each comes after its operands
     * @param stored those that are written to their blocks
     * @param n the expression for the number of lanes
     */
    CodeBlock add(String prefix, List<LaneValue> values, Set<LaneValue> stored, String n) {
        String name = names.fresh(prefix + "Stage");
        Writer writer = new Writer(values, stored);
        CodeBlock body = writer.body();
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
        method.addParameter(int.class, "n");
        List<CodeBlock> arguments = new ArrayList<>(List.of(CodeBlock.of("$L", n)));
        writer.parameters.forEach((argument, parameter) -> {
            method.addParameter(parameter.type(), parameter.name());
            arguments.add(parameter.argument());
        });
        methods.add(method.addCode(body).build());
        return CodeBlock.of("$L($L);\n", name, CodeBlock.join(arguments, ", "));
    }

    private record Parameter(Class<?> type, String name, CodeBlock argument) {}

    /** Writes the body of one stage. */
    private static final class Writer {
        private final List<LaneValue> values;
        private final Set<LaneValue> stored;
        private final Names names = new Names("n", "k");
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private final Map<LaneValue, Term> terms = new HashMap<>();
        private final Map<LaneValue, Integer> uses = new HashMap<>();

        Writer(List<LaneValue> values, Set<LaneValue> stored) {
            this.values = values;
            this.stored = stored;
            values.forEach(v -> v.operands.forEach(o -> uses.merge(o, 1, Integer::sum)));
        }

        CodeBlock body() {
            CodeBlock.Builder body = CodeBlock.builder().beginControlFlow("for (int k = 0; k < n; k++)");
            values.forEach(v -> write(v, body));
            return body.endControlFlow().build();
        }

        private void write(LaneValue value, CodeBlock.Builder body) {
            Term term = value.arithmetic()
                    .apply(value.operands.stream().map(this::operand).toList());
            int used = uses.getOrDefault(value, 0);
            if (used > 1 || used > 0 && stored.contains(value)) {
                String local = names.fresh("x");
                body.addStatement("$T $L = $L", value.ints ? int.class : float.class, local, term);
                term = Term.atom("$L", local);
            }
            terms.put(value, term);
            if (stored.contains(value)) {
                body.addStatement("$L[k] = $L", array(value), term);
            }
        }

        private Term operand(LaneValue value) {
            Term here = terms.get(value);
            if (here != null) {
                return here;
            }
            return value.kind == LaneValue.Kind.UNIFORM ? uniform(value) : Term.atom("$L[k]", array(value));
        }

        private Term uniform(LaneValue value) {
            if (isLiteral(value.uniform())) {
                return value.uniform();
            }
            Class<?> type = value.ints ? int.class : float.class;
            return Term.atom("$L", parameter(type, "u", value.uniform().code()));
        }

        private String array(LaneValue value) {
            return parameter(value.ints ? int[].class : float[].class, "a", value.block());
        }

        private String parameter(Class<?> type, String suggestion, CodeBlock argument) {
            String text = argument.toString();
            String simple = NAME.matcher(text).matches() ? text : suggestion;
            return parameters
                    .computeIfAbsent(text, t -> new Parameter(type, names.fresh(simple), argument))
                    .name();
        }
    }

    /** Whether a term is a number as written. */
    static boolean isLiteral(Term term) {
        String text = term.toString();
        return NUMBER.matcher(text).matches() || text.startsWith("java.lang.Float.");
    }
}
