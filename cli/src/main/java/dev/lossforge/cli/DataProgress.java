package dev.lossforge.cli;

import dev.lossforge.digits.DataListener;
import java.util.Locale;

/** Shows the progress of finding, downloading and reading the data. */
record DataProgress(Screen screen) implements DataListener {
    private static final double MEGABYTE = 1e6;

    @Override
    public void notice(String sentence) {
        screen.line(sentence);
    }

    @Override
    public void warning(String sentence) {
        screen.warn(sentence);
    }

    @Override
    public void progress(String step, long done, long total) {
        String size = String.format(Locale.ROOT, "%.1f MB", done / MEGABYTE);
        if (done == total) {
            screen.line(step + "  " + size);
        } else if (screen.due()) {
            screen.live(step + "  " + (total < 0 ? "" : screen.bar((double) done / total) + "  ") + size);
        }
    }
}
