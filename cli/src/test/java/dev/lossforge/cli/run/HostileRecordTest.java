package dev.lossforge.cli.run;

import dev.lossforge.digits.Attack;
import dev.lossforge.digits.MnistData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of runs that were damaged at random: they are read or refused within a bound of memory. */
class HostileRecordTest {
    private static final RunRecord.Options OPTIONS =
            new RunRecord.Options(1, 32, 0.001, 640, "auto", null, 2, "generated", 500, 3, Steering.NONE);

    @TempDir
    private Path run;

    private static byte[] good() {
        RunRecord.Test scores = new RunRecord.Test(0.25, Map.of("fit", 0.2), 0.75);
        RunRecord.Curve curve =
                new RunRecord.Curve(List.of(0.5, 1.0), List.of(2.0, 1.5), List.of(0.001, 0.0005), List.of(3.0, 2.5));
        return new RunRecord(
                        List.of(new RunRecord.Epoch(1.5, Map.of("fit", 1.0), 0.5, 2, 320, scores)),
                        curve,
                        scores,
                        null,
                        OPTIONS,
                        1,
                        "cpu",
                        "25",
                        MnistData.Origin.GENERATED)
                .json();
    }

    @Test
    void recordsAreReadOrRefused() throws IOException {
        Path file = run.resolve(RunRecord.FILE);
        new Attack("record of a run", 4 << 20).on(good(), bytes -> {
            Files.write(file, bytes);
            RunRecord.read(run);
        });
    }

    @Test
    void optionsInACheckpointAreReadOrRefused() throws IOException {
        byte[] good = OPTIONS.json().getBytes(StandardCharsets.UTF_8);
        new Attack("options in a checkpoint", 4 << 20)
                .on(good, bytes -> RunRecord.Options.parse(new String(bytes, StandardCharsets.UTF_8)));
    }
}
