package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.loop.Independence;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loop of a {@link RowKernel} whose rounds are divided among threads. Each part has variables of its own for what it
 * reduces, and arrays of its own for gradients to which other parts add too.
 */
final class DividedLoop {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final ScalarAccumulators accumulators;
    private final RowKernel kernel;
    private final Statement.Loop loop;
    private final String failed;
    private final List<Statement.Accumulate> taken;
    private final List<Input> added;
    private final String parts;
    private final String part;
    private final String partial;
    private final Map<Input, String> copies = new LinkedHashMap<>();
    private final CodeBlock.Builder before = CodeBlock.builder();
    private final CodeBlock.Builder begin = CodeBlock.builder();
    private final CodeBlock.Builder end = CodeBlock.builder();
    private final CodeBlock.Builder join = CodeBlock.builder();

    /** @param failed the flag that a part sets where scalar code must compute everything instead */
    DividedLoop(
            KernelScope scope,
            ScalarCode scalars,
            ScalarAccumulators accumulators,
            RowKernel kernel,
            Statement.Loop loop,
            String failed) {
        this.scope = scope;
        this.scalars = scalars;
        this.accumulators = accumulators;
        this.kernel = kernel;
        this.loop = loop;
        this.failed = failed;
        this.taken = ParallelLoops.taken(loop);
        this.added = Independence.shared(loop).stream()
                .map(Statements.Derivative::input)
                .toList();
        this.parts = scope.fresh("parts");
        this.part = scope.fresh("part");
        this.partial = scope.fresh("partial");
    }

    /** The loop, and what leaves the kernel after it if a part failed. */
    CodeBlock emit(KernelSection section, Fallback fallback) {
        Map<Expr.Local, String> sharedVariables = ownVariables(section);
        Map<Input, String> sharedGradients = ownGradients();
        String first = scope.fresh("first");
        String last = scope.fresh("last");
        CodeBlock body = rounds(first, last);
        sharedVariables.forEach(scope::rename);
        sharedGradients.forEach(scope::redirect);
        joinAll();
        CodeBlock extent = scalars.of(loop.extent()).in(Strength.SUM);
        CodeBlock joined = join.build();
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("int $L = $T.parts($L, $L$L)", parts, RuntimeTypes.PARALLEL, extent, work(), copied())
                .addStatement("boolean[] $L = new boolean[1]", failed)
                .add(before.build())
                .beginControlFlow(
                        "$T.run($L, $L, ($L, $L, $L) ->", RuntimeTypes.PARALLEL, parts, extent, part, first, last)
                .add(section.declarations())
                .add(begin.build())
                .add(body)
                .add(end.build())
                .endControlFlow(")")
                .add(fallback.check(CodeBlock.of("$L[0]", failed)));
        if (!joined.isEmpty()) {
            code.beginControlFlow("for (int $L = 0; $L < $L; $L++)", part, part, parts, part)
                    .add(joined)
                    .endControlFlow();
        }
        return code.build();
    }

    /** Starts the reductions of a part; returns the variables of those of all parts. */
    private Map<Expr.Local, String> ownVariables(KernelSection section) {
        Map<Expr.Local, String> shared = new LinkedHashMap<>();
        if (!taken.isEmpty()) {
            before.addStatement("double[] $L = new double[$L * $L]", partial, parts, taken.size());
        }
        for (Statement.Accumulate a : taken) {
            shared.put(
                    a.accumulator(),
                    scope.rename(a.accumulator(), scope.fresh(a.accumulator().name())));
            begin.add(accumulators.start(new Statement.Start(a.accumulator(), a.op()), section));
            end.addStatement("$L = $L", entry(shared.size() - 1), scope.local(a.accumulator()));
        }
        return shared;
    }

    private void joinAll() {
        for (int i = 0; i < taken.size(); i++) {
            join.add(accumulators.join(taken.get(i), entry(i)));
        }
        copies.forEach((input, arrays) -> join.addStatement(
                "$T.add($L[$L], $L)", RuntimeTypes.PARALLEL, arrays, part, scope.derivative(1, input)));
    }

    private CodeBlock entry(int number) {
        return CodeBlock.of("$L[$L * $L + $L]", partial, part, taken.size(), number);
    }

    /** Makes arrays for what a part adds to gradients; returns the arrays to which all parts add. */
    private Map<Input, String> ownGradients() {
        Map<Input, String> shared = new LinkedHashMap<>();
        for (Input input : added) {
            String type = scope.gradientType(input);
            String gradient = scope.derivative(1, input);
            String own = scope.fresh(gradient);
            String arrays = scope.fresh(input.name() + "Gradients");
            copies.put(input, arrays);
            before.addStatement("$L[][] $L = new $L[$L][]", type, arrays, type, parts);
            begin.addStatement("$L[] $L = $T.copy($L, $L)", type, own, RuntimeTypes.PARALLEL, parts, gradient)
                    .addStatement("$L[$L] = $L", arrays, part, own);
            shared.put(input, scope.redirect(input, own));
        }
        return shared;
    }

    /** The entries that a part has to clear and to add, as another argument of {@code Parallel.parts}. */
    private CodeBlock copied() {
        return added.isEmpty()
                ? CodeBlock.of("")
                : CodeBlock.of(
                        ", $L",
                        added.stream()
                                .map(input -> CodeBlock.of("$L.length", scope.derivative(1, input)))
                                .collect(CodeBlock.joining(" + ")));
    }

    private CodeBlock rounds(String first, String last) {
        return kernel.inLanes(loop, first, CodeBlock.of("$L", last)).orElseGet(() -> {
            String index = scope.index(loop.index());
            return CodeBlock.builder()
                    .beginControlFlow("for (int $L = $L; $L < $L; $L++)", index, first, index, last, index)
                    .add(kernel.statements(loop.body()))
                    .endControlFlow()
                    .build();
        });
    }

    /** About how many operations all rounds make. */
    private CodeBlock work() {
        List<CodeBlock> factors = new ArrayList<>();
        factors.add(CodeBlock.of("$LL", loop.body().size()));
        ParallelLoops.deepest(loop)
                .forEach(extent -> factors.add(scalars.of(extent).above(Strength.PRODUCT)));
        return CodeBlock.join(factors, " * ");
    }
}
