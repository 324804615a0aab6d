package dev.lossforge.cli;

import dev.lossforge.runtime.internal.files.FileProblem;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code lossforge}: the root of all subcommands and the entry point of the program. */
@Command(
        name = "lossforge",
        description = "Trains models with losses written as plain Java formulas.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        versionProvider = LossforgeVersion.class,
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            CompareCommand.class,
            SampleCommand.class,
            NewCommand.class,
            LossesCommand.class,
            ExplainCommand.class,
            EvalCommand.class,
            DevicesCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the command failed", "2:the command line is invalid"})
public final class Lossforge implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean stackTrace;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Show no progress: only results, warnings and errors.")
    private boolean quiet;

    private Lossforge() {}

    public static void main(String... args) {
        try {
            System.exit(run(StandardOutput.ofProcess(), args));
        } catch (OutOfMemoryError e) {
            System.err.println(
                    "lossforge: Java has run out of memory; use fewer images (--limit), or give Java more, as in"
                            + " JAVA_TOOL_OPTIONS=-Xmx4g.");
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
    }

    /** Runs a command line. Incomplete output on standard output counts as a failure. */
    static int run(StandardOutput output, String... args) {
        CommandLine commandLine = commandLine().setOut(output.writer());
        int exitCode = commandLine.execute(args);
        if (exitCode == CommandLine.ExitCode.OK && output.failure().isPresent()) {
            commandLine
                    .getErr()
                    .println("lossforge: Standard output could not be written completely: "
                            + FileProblem.of(output.failure().get()) + ".");
            return CommandLine.ExitCode.SOFTWARE;
        }
        return exitCode;
    }

    static CommandLine commandLine() {
        Lossforge lossforge = new Lossforge();
        CommandLine commandLine = new CommandLine(lossforge);
        Failures failures = new Failures(() -> lossforge.stackTrace);
        // In eval, '@' marks a file of numbers, not picocli's file of arguments.
        return commandLine
                .registerConverter(Path.class, new PathText())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Whether the command line of this command has {@code --quiet}. */
    static boolean isQuiet(CommandSpec command) {
        return ((Lossforge) command.root().userObject()).quiet;
    }

    /** Runs when no subcommand is given, which is an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command");
    }
}
