package dev.lossforge.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The messages of a long-running command. Permanent lines go to standard output. Warnings and one live line, which is
 * overwritten repeatedly, go to standard error. If standard error is not a terminal, the live line becomes an
 * occasional plain line.
 */
final class Screen {
    /** Set by the launcher to the width of the terminal on standard error; absent if it is not a terminal. */
    static final String COLUMNS = "lossforge.columns";

    /** Maximum width of the live line. */
    private static final int WIDEST = 79;

    private static final Duration LIVE_PAUSE = Duration.ofMillis(100);
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);
    private static final int BAR = 16;

    private final PrintWriter progress;
    private final PrintWriter results;
    private final PrintWriter warnings;

    /** The writer for the live line. */
    private final PrintWriter status;

    private final boolean terminal;

    /** The width of the live line. A terminal would wrap a longer line and then overwrite only part of it. */
    private final int width;

    private final char done;
    private final char open;
    private long lastShown = System.nanoTime() - PLAIN_PAUSE.toNanos();
    private boolean liveLineShown;

    /** @param columns the width of the terminal; 0 if there is none */
    Screen(
            PrintWriter progress,
            PrintWriter results,
            PrintWriter warnings,
            PrintWriter status,
            int columns,
            boolean unicode) {
        this.progress = progress;
        this.results = results;
        this.warnings = warnings;
        this.status = status;
        this.terminal = columns > 0;
        this.width = terminal ? Math.min(WIDEST, columns - 1) : WIDEST;
        this.done = unicode ? '━' : '=';
        this.open = unicode ? '┄' : '.';
    }

    /** The screen of a command. Under {@code --quiet}, it shows only results and warnings. */
    static Screen of(CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        boolean quiet = Lossforge.isQuiet(spec);
        return new Screen(
                quiet ? nowhere : out,
                out,
                err,
                quiet ? nowhere : err,
                Integer.getInteger(COLUMNS, 0),
                System.out.charset().newEncoder().canEncode("━┄"));
    }

    /** The screen of a command that prints JSON itself: it shows only warnings. */
    static Screen besideJson(CommandSpec spec) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Screen(nowhere, nowhere, spec.commandLine().getErr(), nowhere, 0, false);
    }

    /** Writes a permanent line. */
    void line(String text) {
        print(progress, text);
    }

    /** Writes a line of the command's result, which {@code --quiet} does not suppress. */
    void result(String text) {
        print(results, text);
    }

    /** Writes a warning. */
    void warn(String sentence) {
        print(warnings, "WARNING: " + sentence);
    }

    private void print(PrintWriter writer, String text) {
        eraseLiveLine();
        writer.println(text);
        writer.flush();
    }

    /**
     * Whether enough time has passed for {@link #live} to show the next text. It saves composing text that nobody sees.
     */
    boolean due() {
        Duration pause = terminal ? LIVE_PAUSE : PLAIN_PAUSE;
        return System.nanoTime() - lastShown >= pause.toNanos();
    }

    /**
     * Shows the current status. The text consists of parts separated by two spaces; parts that do not fit are left out.
     */
    void live(String text) {
        lastShown = System.nanoTime();
        if (!terminal) {
            print(status, text);
            return;
        }
        status.print("\r" + padded(cut(text)));
        status.flush();
        liveLineShown = true;
    }

    /** A progress bar followed by the percentage, for a fraction from 0 to 1. */
    String bar(double fraction) {
        int length = Math.max(4, BAR - (WIDEST - width));
        int cells = (int) Math.round(length * fraction);
        String bar = String.valueOf(done).repeat(cells) + String.valueOf(open).repeat(length - cells);
        return bar + " %3d%%".formatted((int) (100 * fraction));
    }

    private void eraseLiveLine() {
        if (liveLineShown) {
            status.print("\r" + padded("") + "\r");
            status.flush();
            liveLineShown = false;
        }
    }

    private String cut(String text) {
        if (text.length() <= width) {
            return text;
        }
        int lastPart = text.lastIndexOf("  ", width);
        return text.substring(0, lastPart > 0 ? lastPart : width);
    }

    private String padded(String text) {
        return text + " ".repeat(width - text.length());
    }
}
