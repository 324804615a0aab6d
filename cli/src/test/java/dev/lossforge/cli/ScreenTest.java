package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String NEW_LINE = System.lineSeparator();

    private final StringWriter written = new StringWriter();
    private final StringWriter warned = new StringWriter();

    private Screen screen(int columns) {
        PrintWriter out = new PrintWriter(written, true);
        return new Screen(out, out, new PrintWriter(warned, true), out, columns, false);
    }

    @Test
    void theLiveLineGivesWayToALineThatStays() {
        Screen screen = screen(120);
        screen.live("one");
        screen.live("x".repeat(200));
        screen.line("stays");
        String blank = " ".repeat(79);
        assertThat(written.toString())
                .isEqualTo("\rone" + " ".repeat(76) + "\r" + "x".repeat(79) + "\r" + blank + "\rstays" + NEW_LINE);
    }

    @Test
    void theLiveLineKeepsToANarrowTerminalAndLeavesOutWhatHasNoRoom() {
        Screen screen = screen(40);
        screen.live("epoch 1/5 " + screen.bar(0.5) + "  loss 0.1234  accuracy 0.9876  12345 images/s");
        assertThat(written.toString())
                .isEqualTo("\repoch 1/5 ==..  50%  loss 0.1234       ")
                .hasSize(1 + 39);
        screen(2).live("epoch");
        assertThat(written.toString()).endsWith("\re");
    }

    @Test
    void theLiveLineIsNotOnStandardOutput() {
        StringWriter results = new StringWriter();
        PrintWriter out = new PrintWriter(results, true);
        PrintWriter err = new PrintWriter(warned, true);
        Screen screen = new Screen(out, out, err, err, 80, false);
        screen.live("one");
        screen.line("stays");
        assertThat(results.toString()).isEqualTo("stays" + NEW_LINE);
        assertThat(warned.toString()).startsWith("\rone").endsWith(" \r");
    }

    @Test
    void aWarningGoesToStandardErrorAndNotBehindTheLiveLine() {
        Screen screen = screen(80);
        screen.live("one");
        screen.warn("The disk is full.");
        assertThat(written.toString()).endsWith("\r" + " ".repeat(79) + "\r");
        assertThat(warned.toString()).isEqualTo("WARNING: The disk is full." + NEW_LINE);
    }

    @Test
    void withoutATerminalTheFirstLiveLineIsShownAtOnceAndTheNextIsNot() {
        Screen screen = screen(0);
        assertThat(screen.due()).isTrue();
        screen.live("first");
        assertThat(screen.due()).isFalse();
        assertThat(written.toString()).isEqualTo("first" + NEW_LINE);
    }

    @Test
    void theBarFillsFromNothingToAll() {
        assertThat(screen(0).bar(0)).isEqualTo("................   0%");
        assertThat(screen(0).bar(0.5)).isEqualTo("========........  50%");
        assertThat(screen(0).bar(0.999)).isEqualTo("================  99%");
        assertThat(screen(80).bar(1)).isEqualTo("================ 100%");
    }
}
