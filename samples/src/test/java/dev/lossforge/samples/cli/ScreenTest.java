package dev.lossforge.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter written = new StringWriter();

    private Screen screen(boolean terminal) {
        return new Screen(new PrintWriter(written, true), terminal, false);
    }

    @Test
    void theLiveLineGivesWayToALineThatStays() {
        Screen screen = screen(true);
        screen.live("one");
        screen.live("x".repeat(200));
        screen.line("stays");
        String blank = " ".repeat(79);
        assertThat(written.toString())
                .isEqualTo("\rone" + " ".repeat(76) + "\r" + "x".repeat(79) + "\r" + blank + "\rstays"
                        + System.lineSeparator());
    }

    @Test
    void withoutATerminalTheFirstLiveLineIsShownAtOnceAndTheNextIsNot() {
        Screen screen = screen(false);
        assertThat(screen.due()).isTrue();
        screen.live("first");
        assertThat(screen.due()).isFalse();
        assertThat(written.toString()).isEqualTo("first" + System.lineSeparator());
    }

    @Test
    void theBarFillsFromNothingToAll() {
        assertThat(screen(false).bar(0)).isEqualTo("................   0%");
        assertThat(screen(false).bar(0.5)).isEqualTo("========........  50%");
        assertThat(screen(false).bar(0.999)).isEqualTo("================  99%");
        assertThat(screen(false).bar(1)).isEqualTo("================ 100%");
    }
}
