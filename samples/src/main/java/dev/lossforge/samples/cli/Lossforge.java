package dev.lossforge.samples.cli;

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
        exitCodeList = {"0:done", "1:the command could not be carried out", "2:the command line could not be understood"
        })
public final class Lossforge implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose.")
    private boolean stackTrace;

    private Lossforge() {}

    public static void main(String... args) {
        try {
            System.exit(commandLine().execute(args));
        } catch (OutOfMemoryError e) {
            System.err.println("lossforge: The memory is full; use fewer images (--limit), or give Java more, as in"
                    + " JAVA_TOOL_OPTIONS=-Xmx4g.");
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
    }

    static CommandLine commandLine() {
        Lossforge lossforge = new Lossforge();
        CommandLine commandLine = new CommandLine(lossforge);
        Failures failures = new Failures(() -> lossforge.stackTrace);
        // '@' is eval's word for a file of numbers, not picocli's for a file of arguments.
        return commandLine
                .registerConverter(Path.class, new PathText())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** Runs when no subcommand is given, which is an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command; '--help' lists them.");
    }
}
