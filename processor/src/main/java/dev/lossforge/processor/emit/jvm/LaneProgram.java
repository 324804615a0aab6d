package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A straight line of operations on blocks, ordered into stages: the arithmetic of a stage needs only arithmetic of the
 * same stage, earlier stages, and calls that need only earlier stages. So each stage is some calls and one loop.
 */
final class LaneProgram {
    /** More operations in one loop are not vectorised reliably. */
    private static final int LARGEST_STAGE = 16;

    private final BlockNames blocks;
    private final StageMethods stages;
    private final String prefix;
    private final String n;
    private final CodeBlock.Builder before = CodeBlock.builder();
    private final List<LaneValue> values = new ArrayList<>();
    private final Set<LaneValue> placed = new LinkedHashSet<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> lastEffects = new ArrayList<>();
    private final Map<String, LaneValue> fills = new HashMap<>();

    private record Effect(Function<List<CodeBlock>, CodeBlock> code, List<LaneValue> operands) {}

    /** @param n the expression for the number of lanes */
    LaneProgram(BlockNames blocks, StageMethods stages, String prefix, String n) {
        this.blocks = blocks;
        this.stages = stages;
        this.prefix = prefix;
        this.n = n;
    }

    String n() {
        return n;
    }

    BlockNames blocks() {
        return blocks;
    }

    /** A statement to run before all operations. */
    void before(String format, Object... arguments) {
        before.addStatement(format, Term.unwrap(arguments));
    }

    LaneValue uniform(Term term, boolean ints) {
        return LaneValue.uniform(term, ints);
    }

    LaneValue block(CodeBlock block, boolean ints) {
        return LaneValue.block(block, ints);
    }

    LaneValue arithmetic(boolean ints, Function<List<Term>, Term> code, LaneValue... operands) {
        return add(LaneValue.arithmetic(ints, Arrays.asList(operands), code));
    }

    LaneValue scalarFunction(boolean ints, Function<List<Term>, Term> code, LaneValue... operands) {
        return add(LaneValue.scalarFunction(ints, Arrays.asList(operands), code));
    }

    LaneValue call(String tag, boolean ints, LaneValue.Call call, LaneValue... operands) {
        return add(LaneValue.call(
                tag, ints, Arrays.stream(operands).map(this::filled).toList(), call));
    }

    /** The entry that each lane selects, by its own index, of some columns or of a table. */
    LaneValue gather(CodeBlock columns, boolean ints, LaneValue index) {
        return call(
                "gather",
                ints,
                (operands, out) -> CodeBlock.of(
                        "$T.gather($L, $L, $L, $L)", RuntimeTypes.LANES, columns, operands.getFirst(), out, n),
                index);
    }

    /** A value in a block, as calls need it. */
    private LaneValue filled(LaneValue value) {
        if (value.kind != LaneValue.Kind.UNIFORM) {
            return value;
        }
        Term term = value.uniform();
        if (StageMethods.isLiteral(term)) {
            return block(blocks.constant(term, value.ints), value.ints);
        }
        return fills.computeIfAbsent(term + (value.ints ? " int" : ""), t -> fill(value));
    }

    private LaneValue fill(LaneValue value) {
        return add(LaneValue.call(
                "fill",
                value.ints,
                List.of(),
                (none, out) -> CodeBlock.of(
                        "$T.fill($L, 0, $L, $L)",
                        Arrays.class,
                        out,
                        n,
                        value.uniform().code())));
    }

    private LaneValue add(LaneValue value) {
        values.add(value);
        return value;
    }

    /** Writes a value to a block that outlives the program. */
    void store(LaneValue value, CodeBlock block) {
        LaneValue source = value;
        if (value.isGiven() || placed.contains(value)) {
            source = arithmetic(value.ints, operands -> operands.getFirst(), value);
        }
        source.keepIn(block);
        placed.add(source);
    }

    /** A statement on blocks to run after all operations. */
    void effect(Function<List<CodeBlock>, CodeBlock> code, LaneValue... operands) {
        effects.add(new Effect(code, Arrays.stream(operands).map(this::filled).toList()));
    }

    /** A statement on blocks to run at the very end, which may overwrite them. */
    void lastEffect(Function<List<CodeBlock>, CodeBlock> code, LaneValue operand) {
        LaneValue own = operand.isGiven() || placed.contains(operand)
                ? arithmetic(operand.ints, List::getFirst, operand)
                : operand;
        lastEffects.add(new Effect(code, List.of(own)));
    }

    /** A step of the program: a call or a loop. */
    private record Step(List<LaneValue> values, boolean loop) {}

    /** The statements, once. */
    CodeBlock emit() {
        effects.addAll(lastEffects);
        List<LaneValue> live = live();
        live.forEach(LaneProgram::assignLevel);
        List<Step> steps = steps(live);
        CodeBlock.Builder code = before.build().toBuilder();
        Map<LaneValue, Integer> lastUse = lastUses(steps);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Set<LaneValue> stored = stored(step, i, lastUse);
            stored.stream().filter(v -> !v.hasBlock()).forEach(v -> v.keepIn(blocks.temporary(v.ints)));
            code.add(step.loop() ? stages.add(prefix, step.values(), stored, n) : call(step));
            release(i, lastUse);
        }
        effects.forEach(e -> code.addStatement(
                e.code().apply(e.operands().stream().map(LaneValue::block).toList())));
        release(steps.size(), lastUse);
        return code.build();
    }

    private List<LaneValue> live() {
        Set<LaneValue> needed = new LinkedHashSet<>();
        List<LaneValue> pending = new ArrayList<>(placed);
        effects.forEach(e -> pending.addAll(e.operands()));
        while (!pending.isEmpty()) {
            LaneValue value = pending.removeLast();
            if (needed.add(value)) {
                pending.addAll(value.operands);
            }
        }
        return values.stream().filter(needed::contains).toList();
    }

    private static void assignLevel(LaneValue value) {
        for (LaneValue operand : value.operands) {
            boolean waits = value.kind != LaneValue.Kind.ARITHMETIC && operand.kind == LaneValue.Kind.ARITHMETIC;
            value.level = Math.max(value.level, operand.level + (waits ? 1 : 0));
        }
    }

    private static List<Step> steps(List<LaneValue> live) {
        List<Step> steps = new ArrayList<>();
        int last = live.stream().mapToInt(v -> v.level).max().orElse(-1);
        for (int level = 0; level <= last; level++) {
            List<LaneValue> loop = new ArrayList<>();
            for (LaneValue value : live) {
                if (value.level == level && value.kind == LaneValue.Kind.ARITHMETIC) {
                    loop.add(value);
                } else if (value.level == level && !isJoined(value, steps)) {
                    steps.add(new Step(joined(value, live), value.inLoop()));
                }
            }
            for (int from = 0; from < loop.size(); from += LARGEST_STAGE) {
                steps.add(new Step(loop.subList(from, Math.min(from + LARGEST_STAGE, loop.size())), true));
            }
        }
        return steps;
    }

    private static boolean isJoined(LaneValue value, List<Step> steps) {
        return steps.stream().anyMatch(s -> s.values().contains(value));
    }

    /** A call, with the other one that shares its work if there is one: softplus first, then sigmoid. */
    private static List<LaneValue> joined(LaneValue value, List<LaneValue> live) {
        String partnerTag = switch (value.tag) {
            case "softplus" -> "sigmoid";
            case "sigmoid" -> "softplus";
            default -> "";
        };
        if (partnerTag.isEmpty()) {
            return List.of(value);
        }
        return live.stream()
                .filter(v -> v.tag.equals(partnerTag) && v.operands.getFirst() == value.operands.getFirst())
                .findFirst()
                .map(partner -> value.tag.equals("softplus") ? List.of(value, partner) : List.of(partner, value))
                .orElse(List.of(value));
    }

    private CodeBlock call(Step step) {
        LaneValue value = step.values().getFirst();
        List<CodeBlock> operands = value.operands.stream().map(LaneValue::block).toList();
        if (step.values().size() == 2) {
            // Both read one block, so one call computes both.
            return CodeBlock.of(
                    "$T.softplusAndSigmoid($L, $L, $L, $L);\n",
                    RuntimeTypes.BLOCKS,
                    operands.getFirst(),
                    value.block(),
                    step.values().getLast().block(),
                    n);
        }
        return CodeBlock.of("$L;\n", value.call().write(operands, value.block()));
    }

    /** For each value the number of the last step that reads its block; effects count as one more step. */
    private Map<LaneValue, Integer> lastUses(List<Step> steps) {
        Map<LaneValue, Integer> last = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            for (LaneValue value : steps.get(i).values()) {
                last.putIfAbsent(value, i);
                for (LaneValue operand : value.operands) {
                    last.put(operand, i);
                }
            }
        }
        effects.forEach(e -> e.operands().forEach(o -> last.put(o, steps.size())));
        return last;
    }

    /** The values of a step that need a block: those of a call, and those that a later step reads. */
    private Set<LaneValue> stored(Step step, int number, Map<LaneValue, Integer> lastUse) {
        Set<LaneValue> stored = new LinkedHashSet<>();
        for (LaneValue value : step.values()) {
            if (!step.loop() || placed.contains(value) || lastUse.getOrDefault(value, number) > number) {
                stored.add(value);
            }
        }
        return stored;
    }

    private void release(int step, Map<LaneValue, Integer> lastUse) {
        lastUse.forEach((value, last) -> {
            if (last == step && !value.isGiven() && !placed.contains(value) && value.hasBlock()) {
                blocks.release(value.block(), value.ints);
            }
        });
    }
}
