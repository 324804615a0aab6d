package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lossforge.processor.ir.MalformedException;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a well-formed nest with a single statement spoilt, the verifier accepts none. */
class LoopVerifierTest {

    /** Statements of every kind: accumulators, running sums, buffers, a sort, a product, added derivatives. */
    private static final String ELEMENT = "(@Prediction float p, @Target float y) { return square(p - y) * exp(p); }";

    private static final String ROW = "(@Prediction float[] z, @Target int label) { return logSumExp(z) - z[label]; }";

    private static final String RUNNING = "(@Prediction float[] p, @Target float[] y) {"
            + " return sum(p.length, k -> square(sum(k + 1, j -> p[j] - y[j]))); }";

    private static final String SORTED = "(@Prediction float[] p, @Target float[] y) {"
            + " int[] order = argSort(p.length, i -> p[i]);"
            + " return sum(p.length, k -> square(p[order[k]] - y[k])); }";

    private static final String PAIRS = "(@Prediction float[][] e, @Target float y) {"
            + " return sum(e.length, i -> sum(e.length, j -> exp(sum(e[0].length, k -> e[i][k] * e[j][k]) * y))); }";

    private static LoopNest nest(String method) {
        return OperationTally.nest(
                SourceReading.ofMembers("@Loss static float f" + method).formula());
    }

    @ParameterizedTest
    @ValueSource(strings = {ELEMENT, ROW, RUNNING, SORTED, PAIRS})
    void acceptsWhatLoweringMakes(String method) {
        LoopNest nest = nest(method);
        assertThat(LoopVerifier.verified(nest)).isSameAs(nest);
    }

    @ParameterizedTest
    @ValueSource(strings = {ELEMENT, ROW, RUNNING, SORTED, PAIRS})
    void refusesWhatIsNamedWithoutItsDefinition(String method) {
        refusesEach(method, statement -> switch (statement) {
            case Statement.Define d -> List.of();
            case Statement.Start s -> List.of();
            case Statement.Finish f -> List.of();
            case Statement.Running r -> List.of();
            case Statement.Recall r -> List.of();
            case Statement.Sort s -> List.of();
            case Statement.Clear c -> List.of();
            case Statement.StoreValue v -> List.of();
            case Statement.Loop l -> l.body();
            default -> List.of(statement);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {ELEMENT, ROW, RUNNING, SORTED, PAIRS})
    void refusesWhatIsDefinedTwice(String method) {
        refusesEach(method, statement -> switch (statement) {
            case Statement.Define d -> List.of(d, d);
            case Statement.Start s -> List.of(s, s);
            case Statement.Finish f -> List.of(f, f);
            case Statement.Running r -> List.of(r, r);
            case Statement.Recall r -> List.of(r, r);
            case Statement.StoreValue v -> List.of(v, v);
            case Statement.Loop l -> List.of(new Statement.Loop(l.index(), l.extent(), List.of(l), l.rounds()));
            default -> List.of(statement);
        });
    }

    @Test
    void refusesARunningSumInALoopWithoutOrder() {
        refusesEach(
                RUNNING,
                statement -> statement instanceof Statement.Loop l && containsRunning(l)
                        ? List.of(new Statement.Loop(l.index(), l.extent(), l.body(), Statement.Rounds.INDEPENDENT))
                        : List.of(statement));
    }

    private static boolean containsRunning(Statement.Loop loop) {
        return loop.body().stream().anyMatch(s -> s instanceof Statement.Running);
    }

    /** Replaces each statement of the nest in turn, and asks for a refusal of each nest that is another. */
    private static void refusesEach(String method, Function<Statement, List<Statement>> spoil) {
        LoopNest nest = nest(method);
        List<List<Statement>> spoilt = spoilt(nest.statements(), spoil);
        assertThat(spoilt).isNotEmpty();
        for (List<Statement> statements : spoilt) {
            LoopNest other = new LoopNest(
                    nest.formula(), nest.equalExtents(), nest.buffers(), statements, nest.valueStatements());
            assertThatExceptionOfType(MalformedException.class)
                    .as(() -> LoopText.of(other))
                    .isThrownBy(() -> LoopVerifier.verified(other));
        }
    }

    private static List<List<Statement>> spoilt(
            List<Statement> statements, Function<Statement, List<Statement>> spoil) {
        List<List<Statement>> all = new ArrayList<>();
        for (int at = 0; at < statements.size(); at++) {
            Statement statement = statements.get(at);
            List<List<Statement>> replacements = new ArrayList<>();
            if (!spoil.apply(statement).equals(List.of(statement))) {
                replacements.add(spoil.apply(statement));
            }
            if (statement instanceof Statement.Loop l) {
                spoilt(l.body(), spoil)
                        .forEach(body ->
                                replacements.add(List.of(new Statement.Loop(l.index(), l.extent(), body, l.rounds()))));
            }
            for (List<Statement> replacement : replacements) {
                List<Statement> other = new ArrayList<>(statements.subList(0, at));
                other.addAll(replacement);
                other.addAll(statements.subList(at + 1, statements.size()));
                all.add(other);
            }
        }
        return all;
    }
}
