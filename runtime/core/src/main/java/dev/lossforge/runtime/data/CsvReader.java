package dev.lossforge.runtime.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as defined in RFC 4180. Separators divide fields, and a field in quotes may contain doubled quotes,
 * separators and line ends. An empty line is not a record.
 */
final class CsvReader {
    private static final int END = -1;

    private final String name;
    private final BufferedReader reader;
    private final char separator;
    private int line = 1;
    private int next;

    /**
     * A record.
     *
     * @param line the line on which it begins, counted from 1
     */
    record Row(int line, List<String> fields) {}

    /** @param name the name of the source in messages */
    CsvReader(String name, BufferedReader reader, char separator) throws IOException {
        this.name = name;
        this.reader = reader;
        this.separator = separator;
        this.next = reader.read();
        if (next == '\uFEFF') { // the byte order mark that spreadsheets write
            next = reader.read();
        }
    }

    /** The next record; null at the end. */
    @Nullable
    Row next() throws IOException {
        skipEmptyLines();
        if (next == END) {
            return null;
        }
        int begin = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (next == separator) {
            take();
            fields.add(field());
        }
        return new Row(begin, fields);
    }

    private void skipEmptyLines() throws IOException {
        while (atLineEnd() && next != END) {
            take();
        }
    }

    private boolean atLineEnd() {
        return next == '\n' || next == '\r' || next == END;
    }

    private int take() throws IOException {
        int taken = next;
        next = reader.read();
        // A carriage return before a line feed does not end a line itself.
        if (taken == '\n' || taken == '\r' && next != '\n') {
            line++;
        }
        return taken;
    }

    private String field() throws IOException {
        if (next == '"') {
            return quoted();
        }
        StringBuilder text = new StringBuilder();
        while (next != separator && !atLineEnd()) {
            text.append((char) take());
        }
        return text.toString().strip();
    }

    private String quoted() throws IOException {
        int begin = line;
        StringBuilder text = new StringBuilder();
        take();
        while (next != '"' || isDoubled()) {
            if (next == END) {
                throw new DataException(name + ", line " + begin + ": a quote is never closed.");
            }
            text.append((char) take());
        }
        while (next == ' ') {
            take();
        }
        if (next != separator && !atLineEnd()) {
            throw new DataException(name + ", line " + line + ": after a quoted field comes '" + (char) next
                    + "'; double the quotes within a field.");
        }
        return text.toString();
    }

    /** At a quote: consumes it and reports whether another quote follows, which means one literal quote. */
    private boolean isDoubled() throws IOException {
        take();
        return next == '"';
    }
}
