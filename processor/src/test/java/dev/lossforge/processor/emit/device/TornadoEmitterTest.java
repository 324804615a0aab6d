package dev.lossforge.processor.emit.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.loop.Tabulation;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.KnownFormulas;
import dev.lossforge.processor.testing.RandomFormula;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernels for TornadoVM: five as they are meant to read, and the rules that all of them keep. After a change that is
 * meant, rewrite the files with {@code ./mvnw -pl processor -am test -Dtest=TornadoEmitterTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dlossforge.golden.update=true} and read the difference.
 */
class TornadoEmitterTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "tornadovm");
    private static final int FORMULAS = 100;

    static Stream<Formula> formulas() {
        return Stream.of(
                KnownFormulas.huber(),
                KnownFormulas.scaledSquaredError(),
                KnownFormulas.softmaxCrossEntropy(),
                KnownFormulas.recurrence(),
                KnownFormulas.rootMeanSquaredError());
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void emittedSourceIsTheGoldenOne(Formula formula) throws IOException {
        JavaFile file = emit(formula).orElseThrow();
        Path golden = FOLDER.resolve(file.typeSpec().name() + ".java");
        if (Boolean.getBoolean("lossforge.golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, file.toString());
        }
        assertThat(golden).exists();
        assertThat(file.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void randomFormulasKeepTheRulesOfTheDevice() {
        int emitted = 0;
        int shared = 0;
        for (int seed = 0; seed < FORMULAS; seed++) {
            Optional<JavaFile> file = emit(new RandomFormula(new SplittableRandom(seed), seed % 4 == 0).formula());
            if (file.isPresent()) {
                emitted++;
                String source = file.get().toString();
                shared += source.contains("OfSharedRows") ? 1 : 0;
                requireRules(source.replaceAll("(?m)^import .*$", "")
                        .replaceAll("(?s)public void requireIndices.*?\n    }\n", "")); // runs on the host
            }
        }
        assertThat(emitted).as("formulas with a kernel").isEqualTo(FORMULAS);
        assertThat(shared).as("formulas whose rows can be shared").isPositive();
    }

    private static void requireRules(String source) {
        assertThat(source).as("a NaN constant does not compile").doesNotContain("Float.NaN");
        assertThat(source).as("the device's functions lose NaN").doesNotContainPattern("\\bMath\\.");
        assertThat(source.replace(" % local ==", ""))
                .as("a float remainder does not compile")
                .doesNotContain(" % ");
        assertThat(source.replaceAll("(float|int)\\[\\] (tree|sums|positions) =", ""))
                .as("a local array is passed to no method")
                .doesNotContainPattern("\\b(tree|sums|positions)\\b(?!\\[)");
        assertThat(source)
                .as("of && within || TornadoVM negates one half")
                .doesNotContain("&&")
                .doesNotContain("||");
        assertThat(source)
                .as("a loop whose condition chooses may never end")
                .doesNotContainPattern("for \\(.*\\?.*\\) \\{");
        assertThat(source).as("kernels keep to floats").doesNotContainPattern("\\bdouble\\b");
    }

    private static Optional<JavaFile> emit(Formula formula) {
        Formula stable = Stabilizer.rewrite(formula).formula();
        Derivatives derivatives = Simplifier.rewrite(ReverseMode.differentiate(stable));
        Derivatives precise = LogSumExpSplitter.rewrite(derivatives);
        return formula.scope() == Scope.BATCH
                ? TornadoEmitter.emit(Tabulation.of(precise), Lowering.lower(precise))
                : TornadoEmitter.emit(Lowering.lowerForDevice(precise, Lowering.lower(LoopForm.rewrite(precise))));
    }
}
