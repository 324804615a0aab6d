package dev.lossforge.cli;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendDevice;
import dev.lossforge.runtime.backend.Backends;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lossforge devices}: lists the installed backends, best first, with their devices or the reason why they cannot
 * run.
 */
@Command(name = "devices", description = "Lists the backends, whether they can run here, and their devices.")
final class DevicesCommand implements Runnable {
    /** The backend that is built only if its SDK is installed. */
    private static final String TORNADOVM = "tornadovm";

    private static final String NOT_BUILT =
            "not built: TornadoVM is not installed; docs/gpu.md explains how to use a GPU.";

    private static final double GIBIBYTE = 1 << 30;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print a JSON array with one object for each backend.")
    private boolean json;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<Backend> installed = Backends.installed().all().stream()
                .sorted(Comparator.comparingInt(Backend::priority).reversed())
                .toList();
        if (json) {
            List<Object> objects = new ArrayList<>();
            installed.forEach(backend -> objects.add(object(backend)));
            if (lacksTornadoVm(installed)) {
                objects.add(object(TORNADOVM, Optional.of(NOT_BUILT), List.of()));
            }
            out.println(Json.text(objects));
        } else {
            print(installed, out);
        }
        out.flush();
    }

    private static Map<String, Object> object(Backend backend) {
        Optional<String> problem = backend.unavailableReason();
        return object(backend.name(), problem, problem.isEmpty() ? backend.devices() : List.of());
    }

    private static Map<String, Object> object(String backend, Optional<String> problem, List<BackendDevice> devices) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("backend", backend);
        members.put("ready", problem.isEmpty());
        Json.putIfPresent(members, "problem", problem.orElse(null));
        members.put("devices", devices);
        return members;
    }

    private static void print(List<Backend> installed, PrintWriter out) {
        installed.forEach(backend -> print(backend, out));
        if (lacksTornadoVm(installed)) {
            out.println(line(TORNADOVM, NOT_BUILT));
        }
    }

    private static boolean lacksTornadoVm(List<Backend> installed) {
        return installed.stream().noneMatch(backend -> backend.name().equals(TORNADOVM));
    }

    private static void print(Backend backend, PrintWriter out) {
        Optional<String> problem = backend.unavailableReason();
        out.println(line(
                backend.name(), problem.map(reason -> "cannot run: " + reason).orElse("ready")));
        if (problem.isEmpty()) {
            backend.devices().forEach(device -> out.println(line(device)));
        }
    }

    private static String line(String backend, String state) {
        return "%-12s %s".formatted(backend, state);
    }

    private static String line(BackendDevice device) {
        return String.format(
                Locale.ROOT,
                "  %-10s %s, %s, %.1f GiB, %s",
                device.id(),
                device.name(),
                device.type(),
                device.memory() / GIBIBYTE,
                device.driver());
    }
}
