package dev.lossforge.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel of a loss of the catalogue refuses a label that is out of range, whatever the loss makes of it. */
class IndexChecksTest {

    private static final Path CATALOGUE = Path.of("../losses/src/main/java/dev/lossforge/losses");

    static Stream<Formula> formulasWithIndices() throws IOException {
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            String[] sources = files.filter(f -> f.toString().endsWith("Losses.java"))
                    .sorted()
                    .map(IndexChecksTest::read)
                    .toArray(String[]::new);
            return SourceReading.ofFiles(sources).formulas().stream()
                    .filter(f -> !indices(f).isEmpty());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("formulasWithIndices")
    void allIndicesAreChecked(Formula formula) {
        Formula stable = Stabilizer.rewrite(formula).formula();
        String checks = IndexChecks.of(Lowering.lower(
                        LogSumExpSplitter.rewrite(Simplifier.rewrite(ReverseMode.differentiate(stable)))))
                .toString();
        for (Input index : indices(formula)) {
            assertThat(checks)
                    .as("%s of %s", index.name(), formula.methodName())
                    .contains("frame.requireIndices(" + index.position() + ", \"" + index.name() + "\"");
        }
    }

    /** Targets that select entries. */
    private static Set<Input> indices(Formula formula) {
        Set<Input> indices = new LinkedHashSet<>();
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(formula.value()));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)) {
                pending.addAll(Exprs.operands(node));
                if (node instanceof Expr.Load load) {
                    load.indices().stream()
                            .filter(i -> i instanceof Expr.Load l && l.input().role() == Role.TARGET)
                            .forEach(i -> indices.add(((Expr.Load) i).input()));
                }
            }
        }
        return indices;
    }
}
