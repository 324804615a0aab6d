package dev.lossforge.samples.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import picocli.CommandLine.Help.Ansi;

/**
 * Lines for the user, and below them at most one live line that is written over again and again. Where the output is
 * not a terminal the live line becomes a plain line, now and then.
 */
final class Screen {
    /** Narrower than any terminal, so that the live line never wraps. */
    private static final int WIDTH = 79;

    private static final Duration LIVE_PAUSE = Duration.ofMillis(100);
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);
    private static final int BAR = 16;

    private final PrintWriter out;
    private final boolean terminal;
    private final char done;
    private final char open;
    private long lastShown = System.nanoTime() - PLAIN_PAUSE.toNanos();
    private boolean liveLineShown;

    Screen(PrintWriter out, boolean terminal, boolean unicode) {
        this.out = out;
        this.terminal = terminal;
        this.done = unicode ? '━' : '=';
        this.open = unicode ? '┄' : '.';
    }

    /** A screen on {@code out}, which leads to standard output. */
    static Screen standard(PrintWriter out) {
        return new Screen(
                out, Ansi.AUTO.enabled(), System.out.charset().newEncoder().canEncode("━┄"));
    }

    /** A screen that shows nothing. */
    static Screen silent() {
        return new Screen(new PrintWriter(Writer.nullWriter()), false, false);
    }

    /** Writes a line that stays. */
    void line(String text) {
        eraseLiveLine();
        out.println(text);
        out.flush();
    }

    /** Writes a line that stays and that nobody should miss. */
    void warn(String text) {
        line(terminal ? Ansi.ON.string("@|bold,yellow WARNING: |@") + text : "WARNING: " + text);
    }

    /** Whether enough time has passed for {@link #live} to show anything; spares composing lines that nobody sees. */
    boolean due() {
        Duration pause = terminal ? LIVE_PAUSE : PLAIN_PAUSE;
        return System.nanoTime() - lastShown >= pause.toNanos();
    }

    /** Shows how things stand at present. */
    void live(String text) {
        lastShown = System.nanoTime();
        if (!terminal) {
            line(text);
            return;
        }
        out.print("\r" + padded(text));
        out.flush();
        liveLineShown = true;
    }

    /** A bar of which {@code fraction}, from 0 to 1, is done, and the same in percent. */
    String bar(double fraction) {
        int cells = (int) Math.round(BAR * fraction);
        String bar = String.valueOf(done).repeat(cells) + String.valueOf(open).repeat(BAR - cells);
        return bar + " %3d%%".formatted((int) (100 * fraction));
    }

    private void eraseLiveLine() {
        if (liveLineShown) {
            out.print("\r" + padded("") + "\r");
            liveLineShown = false;
        }
    }

    private static String padded(String text) {
        return text.length() > WIDTH ? text.substring(0, WIDTH) : text + " ".repeat(WIDTH - text.length());
    }
}
