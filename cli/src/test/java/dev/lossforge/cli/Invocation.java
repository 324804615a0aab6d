package dev.lossforge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * What one call of the command line did.
 *
 * @param errors the lines on standard error, without the warnings
 * @param warnings those of them that are warnings
 */
record Invocation(int exitCode, List<String> output, List<String> errors, List<String> warnings) {
    private static final String WARNING = "WARNING: ";

    static Invocation of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Lossforge.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        return new Invocation(
                exitCode,
                out.toString().lines().toList(),
                err.toString().lines().filter(line -> !line.startsWith(WARNING)).toList(),
                err.toString().lines().filter(line -> line.startsWith(WARNING)).toList());
    }
}
