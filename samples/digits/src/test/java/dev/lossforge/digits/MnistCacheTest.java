package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths of this test are absolute on Unix only")
class MnistCacheTest {
    @Test
    void liesWhereThePlatformKeepsCaches() {
        assertThat(folder(Map.of(), "Linux", "/home/u")).isEqualTo("/home/u/.cache/lossforge/mnist");
        assertThat(folder(Map.of(), "Mac OS X", "/Users/u")).isEqualTo("/Users/u/Library/Caches/lossforge/mnist");
        assertThat(folder(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/u")).isEqualTo("/local/lossforge/mnist");
        assertThat(folder(Map.of("XDG_CACHE_HOME", "/c"), "Linux", "/home/u")).isEqualTo("/c/lossforge/mnist");
    }

    @Test
    void ignoresARelativeXdgCacheHomeAndAHomeThatIsNone() {
        assertThat(folder(Map.of("XDG_CACHE_HOME", "c"), "Linux", "/home/u"))
                .isEqualTo("/home/u/.cache/lossforge/mnist");
        assertThat(Path.of(folder(Map.of(), "Linux", "?"))).isAbsolute();
    }

    private static String folder(Map<String, String> environment, String operatingSystem, String home) {
        return MnistCache.folder(environment, operatingSystem, home).toString();
    }
}
