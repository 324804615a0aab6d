package dev.lossforge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * What one call of the command line did.
 *
 * @param errors the lines on standard error, without the warnings and the states of the live line
 * @param warnings those of them that are warnings
 */
record Invocation(int exitCode, List<String> output, List<String> errors, List<String> warnings) {
    private static final String WARNING = "WARNING: ";

    /** Of a training or a download that goes on. */
    private static final Pattern LIVE = Pattern.compile("epoch \\d+/\\d+ .* images/s|.*  \\d+\\.\\d MB");

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
                err.toString()
                        .lines()
                        .filter(line -> !line.startsWith(WARNING))
                        .filter(line -> !LIVE.matcher(line).matches())
                        .toList(),
                err.toString().lines().filter(line -> line.startsWith(WARNING)).toList());
    }
}
