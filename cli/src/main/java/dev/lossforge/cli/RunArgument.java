package dev.lossforge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The run that a command works on. */
final class RunArgument {
    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run, as in runs/20260131-120000.")
    private Path path;

    Path path() {
        return path;
    }
}
