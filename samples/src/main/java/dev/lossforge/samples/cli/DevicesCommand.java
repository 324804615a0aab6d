package dev.lossforge.samples.cli;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import java.io.PrintWriter;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lossforge devices}: the installed backends, best first, and why one cannot run. */
@Command(name = "devices", description = "Lists the backends and whether they can run here.")
final class DevicesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Backends.installed().all().stream()
                .sorted(Comparator.comparingInt(Backend::priority).reversed())
                .forEach(backend -> out.println(line(backend)));
        out.flush();
    }

    private static String line(Backend backend) {
        String state = backend.unavailableReason()
                .map(reason -> "cannot run: " + reason)
                .orElse("ready");
        return "%-12s %s".formatted(backend.name(), state);
    }
}
