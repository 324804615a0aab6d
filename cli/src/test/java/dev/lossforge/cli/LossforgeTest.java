package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LossforgeTest {
    @Test
    void listsTheBackendsAndWhyOneCannotRun() {
        Invocation devices = Invocation.of("devices");
        assertThat(devices.exitCode()).isZero();
        assertThat(devices.output())
                .contains("constant     ready", "broken       cannot run: It lacks a device; plug one in.")
                .anyMatch(line -> line.matches("tornadovm    (ready|cannot run: .*|not built: .*)"));
    }

    @Test
    void listsTheBackendsForPrograms() {
        JsonNode backends = JsonMapper.shared()
                .readTree(String.join("\n", Invocation.of("devices", "--json").output()));
        assertThat(backends)
                .anySatisfy(backend -> {
                    assertThat(backend.path("backend").stringValue()).isEqualTo("constant");
                    assertThat(backend.path("ready").booleanValue()).isTrue();
                })
                .anySatisfy(backend -> {
                    assertThat(backend.path("backend").stringValue()).isEqualTo("broken");
                    assertThat(backend.path("problem").stringValue()).isEqualTo("It lacks a device; plug one in.");
                });
    }

    @Test
    void listsForProgramsWhatIsNotBuilt() {
        JsonNode backends = JsonMapper.shared()
                .readTree(String.join("\n", Invocation.of("devices", "--json").output()));
        assertThat(backends)
                .anySatisfy(backend ->
                        assertThat(backend.path("backend").stringValue()).isEqualTo("tornadovm"))
                .allSatisfy(backend -> assertThat(backend.propertyNames()).startsWith("backend", "ready"));
    }

    @Test
    void completesNamesOfLossesAndSamples() {
        String script = String.join("\n", Invocation.of("completion").output());
        assertThat(script).contains("softmaxCrossEntropy", "huber", "first-loss", "outliers");
    }

    @Test
    void asksForACommandInOneLine() {
        assertThat(Invocation.of().exitCode()).isEqualTo(2);
        assertThat(Invocation.of().errors()).singleElement().asString().contains("Name a command");
        assertThat(Invocation.of("train").errors()).singleElement().asString().contains("'lossforge train mnist'");
        assertThat(Invocation.of("trian").errors()).singleElement().asString().contains("did you mean train?");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(String.join("\n", Invocation.of("train", "mnist", "--help").output()))
                .contains("--epochs", "--batch-size", "--learning-rate", "--seed", "--limit", "--backend", "--threads")
                .contains("--data", "--out", "--stacktrace");
    }
}
