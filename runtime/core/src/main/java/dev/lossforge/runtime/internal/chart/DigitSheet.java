package dev.lossforge.runtime.internal.chart;

import dev.lossforge.runtime.internal.chart.Canvas.Anchor;
import java.util.Base64;
import java.util.List;

/** Small images in rows, with a caption below each. */
public final class DigitSheet {
    private static final int COLUMNS = 8;
    private static final int SIDE = 64;
    private static final int CELL = 100;
    private static final int CAPTION = 36;
    private static final int TOP = 38;
    private static final int MARGIN = 16;

    private final String title;
    private final List<Entry> entries;

    /**
     * One image.
     *
     * @param gray gray values in rows of {@code columns}
     * @param caption the line below the image
     * @param note the line below the caption
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Entry(byte[] gray, int columns, String caption, String note) {
        /** The image as the data URI of a PNG. */
        public String dataUri() {
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(PngCanvas.grayscale(gray, columns));
        }
    }

    public DigitSheet(String title, List<Entry> entries) {
        this.title = title;
        this.entries = entries;
    }

    public Picture picture(String name) {
        int rows = Math.max(1, Math.ceilDiv(entries.size(), COLUMNS));
        return new Picture(
                name, title, 2 * MARGIN + COLUMNS * CELL, TOP + rows * (SIDE + CAPTION + 8) + MARGIN, this::paint);
    }

    private void paint(Canvas canvas) {
        canvas.text(MARGIN, 22, title, Anchor.START, Ink.TEXT, 15, true);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double x = MARGIN + i % COLUMNS * CELL;
            double y = TOP + i / COLUMNS * (SIDE + CAPTION + 8);
            canvas.pixels(x + (CELL - SIDE) / 2.0, y, SIDE, entry.gray(), entry.columns());
            canvas.text(x + CELL / 2.0, y + SIDE + 15, entry.caption(), Anchor.MIDDLE, Ink.TEXT, 11, true);
            canvas.text(x + CELL / 2.0, y + SIDE + 29, entry.note(), Anchor.MIDDLE, Ink.MUTED, 10, false);
        }
    }
}
