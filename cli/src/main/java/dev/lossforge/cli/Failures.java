package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an error in one sentence on standard error. The exit code distinguishes wrong usage from other failures. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier stackTrace;

    Failures(BooleanSupplier stackTrace) {
        this.stackTrace = stackTrace;
    }

    /** Reports a command line that cannot be understood: exit code 2. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String hint = "; see '%s --help'.".formatted(command.getCommandSpec().qualifiedName());
        err.println(line(complaint(e) + suggestion(e) + hint));
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String complaint(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().getFirst();
            return e.getCommandLine().getSubcommands().isEmpty()
                    ? "There is one argument too many: '" + word + "'"
                    : "There is no command '" + word + "'";
        }
        return withoutPeriod(message(e));
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> similar = unmatched.getSuggestions();
        return similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
    }

    /** Reports a command that failed: exit code 1, or 2 if an argument cannot be understood. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ArgumentException) {
            return handleParseException(new ParameterException(command, message(e)), new String[0]);
        }
        PrintWriter err = command.getErr();
        err.println(line(sentence(e)));
        if (stackTrace.getAsBoolean()) {
            e.printStackTrace(err);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /**
     * The sentence on one line. Control characters become spaces, because quoted input could otherwise control the
     * terminal.
     */
    static String line(String sentence) {
        return "lossforge: " + sentence.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case LossforgeException known -> message(known);
            case IOException io ->
                "Reading or writing failed: " + FileProblem.of(io)
                        + "; check that the disk has room and that its files can be read and written.";
            case InvalidPathException path -> "'" + path.getInput() + "' cannot be a path: " + path.getReason() + ".";
            default -> "Internal error, please report it with the output of --stacktrace: " + e;
        };
    }

    private static String message(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static String withoutPeriod(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
