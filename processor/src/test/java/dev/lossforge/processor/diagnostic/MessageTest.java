package dev.lossforge.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.ExpectedDiagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message is provoked by a source file of {@code diagnostics}, which says where it stands and what it reads. */
class MessageTest {

    private static final Path SOURCES = Path.of("src/test/resources/diagnostics");
    private static final Object[] ANYTHING = new Object[9];

    /**
     * What no source file can provoke: a defect of ours, another compiler, a folder, a request for notes or devices.
     */
    private static final Set<Message> OF_NO_SOURCE = Set.of(
            Message.STAGE_FAILED,
            Message.COMPILER_WITHOUT_TREES,
            Message.CLASS_NOT_WRITTEN,
            Message.DUMP_FAILED,
            Message.NO_DEVICE_KERNELS,
            Message.OVERFLOW,
            Message.REWRITTEN);

    static {
        Arrays.fill(ANYTHING, "\u0001");
    }

    @ParameterizedTest
    @EnumSource
    void isExpectedOfAFile(Message message) throws IOException {
        String text = "[%s] %s".formatted(message.id(), message.text(ANYTHING));
        String pattern = "\\d+:\\d+ \\w+ " + Pattern.quote(text).replace("\u0001", "\\E.*\\Q") + " .*";
        boolean expected = expectations().stream().anyMatch(e -> e.matches(pattern));
        assertThat(expected).as(text).isEqualTo(!OF_NO_SOURCE.contains(message));
    }

    private static List<String> expectations() throws IOException {
        List<String> expectations = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                expectations.addAll(ExpectedDiagnostics.in(Files.readString(file)));
            }
        }
        return expectations;
    }
}
