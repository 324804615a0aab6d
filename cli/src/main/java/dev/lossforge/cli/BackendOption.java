package dev.lossforge.cli;

import dev.lossforge.runtime.backend.Backends;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The backend that a command computes on. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = Backends.AUTO,
            showDefaultValue = Visibility.ALWAYS,
            description = "The backend: auto selects the best one that can run; 'lossforge devices' lists all.")
    private String name;

    /** The name as the user gave it; {@code auto} for the best backend. */
    String asGiven() {
        return name;
    }
}
