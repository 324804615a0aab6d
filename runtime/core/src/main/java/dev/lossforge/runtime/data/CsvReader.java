package dev.lossforge.runtime.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as RFC 4180 has them: fields between separators, a field in quotes with doubled quotes, separators and
 * line ends in it. An empty line is no record.
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
     * @param line on which it begins, from 1
     */
    record Row(int line, List<String> fields) {}

    /** @param name how messages call what is read */
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
        // A carriage return before a line feed ends no line of its own.
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
                throw new DataException(name + ", line " + begin + ": a quote is opened that nothing closes.");
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

    /** At a quote: takes it, and says whether another one follows, which then stands for it. */
    private boolean isDoubled() throws IOException {
        take();
        return next == '"';
    }
}
