package dev.lossforge.runtime.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    private final Backend cpu = new NamedBackend("cpu", 0, Optional.empty());
    private final Backend gpu = new NamedBackend("gpu", 10, Optional.empty());
    private final Backend broken = new NamedBackend("npu", 99, Optional.of("No device was found; plug one in."));

    private record NamedBackend(String name, int priority, Optional<String> unavailableReason) implements Backend {
        @Override
        public CompiledModel compile(Architecture architecture, CompileSpec spec) {
            throw new UnsupportedOperationException();
        }
    }

    /** A backend that {@link java.util.ServiceLoader} can create. */
    public static final class LoadableBackend implements Backend {
        @Override
        public String name() {
            return "loadable";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Optional<String> unavailableReason() {
            return Optional.empty();
        }

        @Override
        public CompiledModel compile(Architecture architecture, CompileSpec spec) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void autoTakesTheBestThatCanRun() {
        assertThat(Backends.of(cpu, gpu, broken).choose("auto")).isSameAs(gpu);
        assertThat(Backends.of(cpu, broken).choose("auto")).isSameAs(cpu);
    }

    @Test
    void aNameMeansThatBackendAndNoOther() {
        assertThat(Backends.of(cpu, gpu).choose("cpu")).isSameAs(cpu);
        assertThatThrownBy(() -> Backends.of(cpu, broken).choose("npu"))
                .isInstanceOf(BackendException.class)
                .hasMessage("The backend 'npu' cannot run here: No device was found; plug one in.");
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Backends.of(gpu, cpu).choose("tpu"))
                .isInstanceOf(BackendException.class)
                .hasMessage("There is no backend 'tpu'; installed: cpu, gpu ('auto' takes the best).");
    }

    @Test
    void saysWhyNoneCanRun() {
        assertThatThrownBy(() -> Backends.of(broken).choose("auto"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("npu (No device was found; plug one in.)");
        assertThatThrownBy(() -> Backends.of().choose("auto")).hasMessageContaining("lossforge-runtime-cpu");
    }

    @Test
    void oneThatCannotBeLoadedDoesNotHideTheOthers(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(Backend.class.getName()),
                "com.example.MissingBackend\n" + LoadableBackend.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            assertThat(Backends.select("loadable")).isInstanceOf(LoadableBackend.class);
            assertThatThrownBy(() -> Backends.select("missing"))
                    .hasMessageContaining("installed: loadable")
                    .hasMessageContaining("could not be loaded")
                    .hasMessageContaining("com.example.MissingBackend");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
