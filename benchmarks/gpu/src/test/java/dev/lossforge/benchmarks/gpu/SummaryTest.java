package dev.lossforge.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table that sets Lossforge beside PyTorch and a copy. */
class SummaryTest {

    @Test
    void ratesSharesAndRatiosStandBesideEachOther() {
        String copy = DeviceCopy.name(1000);
        assertThat(Summary.table(List.of(
                        Measurement.ofBytes(copy, "Lossforge", new Times(1, 1), 8e9, null),
                        Measurement.ofBytes("Huber, 1 MiB", "Lossforge", new Times(2, 1.5), 12e9, copy),
                        Measurement.ofBytes("Huber, 1 MiB", "PyTorch eager", new Times(5, 5), 12e9, copy),
                        Measurement.ofBytes(copy, "PyTorch", new Times(0.5, 0.5), 8e9, null),
                        Measurement.ofImages("training step, batch 32", "Lossforge", new Times(4, 3), 32))))
                .isEqualTo("""
                        copy of 1000 floats
                          Lossforge                      1.0000 ms   8000.0 GB/s
                          PyTorch                        0.5000 ms  16000.0 GB/s  0.50 x as long
                        Huber, 1 MiB
                          Lossforge                      2.0000 ms   6000.0 GB/s  37.5 % of copy
                          PyTorch eager                  5.0000 ms   2400.0 GB/s  15.0 % of copy  2.50 x as long
                        training step, batch 32
                          Lossforge                      4.0000 ms     8000 images/s
                        """);
    }

    /** As {@code run} leaves them, with parts that were ended and one of PyTorch's. */
    @Test
    void allResultsAreInOneFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("machine.txt"), "one\ntwo\n");
        Files.writeString(folder.resolve("parts.jsonl"), "{\"part\": \"losses\"}\n{\"part\": \"st");
        Files.writeString(folder.resolve("devices.json"), "");
        Files.createDirectory(folder.resolve("training"));
        Files.writeString(folder.resolve("training").resolve("history.json"), "{\"epochs\": []}");
        Results results = new Results(folder.resolve("losses.jsonl"));
        results.add(Measurement.ofBytes("Huber, 1 MiB", "Lossforge", new Times(2, 1), 12, null));
        Files.writeString(folder.resolve("losses-torch.jsonl"), """
                {"subject": "Huber, 1 MiB", "form": "PyTorch", "milliseconds": 3, "fastest": 2, "amount": 12, "unit": "bytes", "copy": null}
                """);
        new Results(folder.resolve("tests-Some.jsonl")).add(new TestRun.Outcome("Some", "one", "SUCCESSFUL", 1, null));
        Summary.main(new String[] {folder.toString()});
        assertThat(Files.readString(folder.resolve("results.json")))
                .contains("\"one\", \"two\"", "\"part\" : \"losses\"", "\"form\" : \"PyTorch\"", "\"test\" : \"one\"")
                .contains("\"epochs\"")
                .doesNotContain("devices");
    }

    @Test
    void theMedianIsOfTheSortedTimes() {
        assertThat(Times.of(new double[] {5, 1, 3})).isEqualTo(new Times(3, 1));
    }
}
