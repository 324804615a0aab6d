package dev.lossforge.samples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code lossforge}: the root of all subcommands and the entry point of the program. */
@Command(
        name = "lossforge",
        description = "Trains models with losses written as plain Java formulas.",
        mixinStandardHelpOptions = true,
        versionProvider = LossforgeVersion.class)
public final class Lossforge implements Runnable {
    @Spec
    private CommandSpec spec;

    private Lossforge() {}

    public static void main(String... args) {
        System.exit(new CommandLine(new Lossforge()).execute(args));
    }

    /** Runs when no subcommand is given, which is an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command; '--help' lists them.");
    }
}
