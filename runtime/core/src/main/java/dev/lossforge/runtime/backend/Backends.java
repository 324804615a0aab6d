package dev.lossforge.runtime.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The installed backends, that is, those on the class path. The choice is never a surprise: {@code auto} selects the
 * backend with the highest priority among those that can run. A backend requested by name is used, or an exception says
 * why not.
 */
public final class Backends {
    /** The name that leaves the choice to the runtime. */
    public static final String AUTO = "auto";

    /** Limit on failures, which ends a search that keeps failing at the same place. */
    private static final int MAX_FAILURES = 16;

    private final List<Backend> installed;
    private final List<String> unloadable;

    private Backends(List<Backend> installed, List<String> unloadable) {
        this.installed = List.copyOf(installed);
        this.unloadable = List.copyOf(unloadable);
    }

    /** These backends, instead of those on the class path. */
    public static Backends of(Backend... backends) {
        return new Backends(List.of(backends), List.of());
    }

    /** The backends on the class path. One whose classes this JVM cannot load is left out; errors mention it. */
    public static Backends installed() {
        List<Backend> loaded = new ArrayList<>();
        List<String> unloadable = new ArrayList<>();
        Iterator<Provider<Backend>> providers =
                ServiceLoader.load(Backend.class).stream().iterator();
        while (unloadable.size() < MAX_FAILURES && loadNext(providers, loaded, unloadable)) {}
        return new Backends(loaded, unloadable);
    }

    /** The installed backend of this name, or the best one for {@code auto}; see {@link #choose}. */
    public static Backend select(String name) {
        return installed().choose(name);
    }

    /**
     * As {@link #select(String)}, on one of the backend's devices if one is given; see {@link #choose(String, String)}.
     */
    public static Backend select(String name, @Nullable String device) {
        return installed().choose(name, device);
    }

    /** Loads one more backend. Both finding and creating it can fail. */
    private static boolean loadNext(
            Iterator<Provider<Backend>> providers, List<Backend> loaded, List<String> unloadable) {
        try {
            if (!providers.hasNext()) {
                return false;
            }
            loaded.add(providers.next().get());
        } catch (ServiceConfigurationError | LinkageError e) {
            unloadable.add(String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** All these backends. */
    public List<Backend> all() {
        return installed;
    }

    /**
     * The backend of this name, or for {@code auto} the one with the highest priority that can run.
     *
     * @throws BackendException if there is no backend of this name, or if it cannot run on this machine
     */
    public Backend choose(String name) {
        return name.equals(AUTO) ? best() : named(name);
    }

    /**
     * As {@link #choose(String)}, on one of the backend's devices if one is given.
     *
     * @throws BackendException also if it has no such device
     */
    public Backend choose(String name, @Nullable String device) {
        if (device == null) {
            return choose(name);
        }
        Backend backend = choose(name).onDevice(device);
        requireAvailable(backend);
        return backend;
    }

    private Backend best() {
        return installed.stream()
                .filter(backend -> backend.unavailableReason().isEmpty())
                .max(Comparator.comparingInt(Backend::priority))
                .orElseThrow(() -> new BackendException(noneCanRun()));
    }

    private Backend named(String name) {
        Backend backend = installed.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BackendException(unknown(name)));
        requireAvailable(backend);
        return backend;
    }

    private static void requireAvailable(Backend backend) {
        backend.unavailableReason().ifPresent(reason -> {
            throw new BackendException("The backend '" + backend.name() + "' cannot run here: " + reason);
        });
    }

    private String unknown(String name) {
        String names = installed.isEmpty()
                ? "none"
                : installed.stream().map(Backend::name).sorted().collect(Collectors.joining(", "));
        return "There is no backend '" + name + "'; installed: " + names + " ('" + AUTO + "' takes the best)"
                + failures() + ".";
    }

    private String noneCanRun() {
        if (installed.isEmpty()) {
            return "No backend is installed; add dev.lossforge:lossforge-runtime-cpu to the class path" + failures()
                    + ".";
        }
        return "No installed backend can run here: "
                + installed.stream()
                        .map(backend -> backend.name() + " ("
                                + backend.unavailableReason().orElse("") + ")")
                        .collect(Collectors.joining(", "))
                + failures() + ".";
    }

    private String failures() {
        return unloadable.isEmpty() ? "" : "; could not be loaded: " + String.join("; ", unloadable);
    }
}
