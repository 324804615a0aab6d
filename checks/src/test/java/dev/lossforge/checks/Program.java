package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that a test runs as a user would. */
final class Program {
    private Program() {}

    /** What it prints, if it ends well. */
    static String output(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // What this build was told is not meant for the one inside.
            builder.environment().remove("MAVEN_ARGS");
            // A Maven that builds one small project ends before its optimising compiler has paid for itself.
            builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
            Process process = builder.start();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            String text = Files.readString(output);
            assertThat(ended && process.exitValue() == 0).as(text).isTrue();
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
