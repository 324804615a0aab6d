package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table from a CSV file (RFC 4180, UTF-8) whose first line names the columns. Messages name the line of the file and
 * the column.
 *
 * <pre>{@code
 * CsvTable houses = CsvTable.read(Path.of("houses.csv"));
 * Dataset data = Dataset.of(houses.floats("area", "rooms"), houses.floats("price"));
 * }</pre>
 */
public final class CsvTable {
    /** The spellings of a missing value, in upper or lower case. */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");

    /** Decimal numbers and infinity, without the suffixes and hexadecimal digits of Java. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?|[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final List<String> columns;
    private final List<CsvReader.Row> rows;
    private final @Nullable Float inPlaceOfMissing;

    private CsvTable(String name, List<String> columns, List<CsvReader.Row> rows, @Nullable Float inPlaceOfMissing) {
        this.name = name;
        this.columns = columns;
        this.rows = rows;
        this.inPlaceOfMissing = inPlaceOfMissing;
    }

    /** Reads a file with commas between the fields. */
    public static CsvTable read(Path file) throws IOException {
        return read(file, ',');
    }

    /**
     * Reads a file.
     *
     * @param separator between the fields, such as a semicolon
     * @throws DataException if the file has no rows, two columns of one name, or a row with more or fewer fields
     */
    public static CsvTable read(Path file, char separator) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no file " + file + "; name one in the CSV format.");
        }
        String name = String.valueOf(file.getFileName());
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return of(name, new CsvReader(name, reader, separator));
        } catch (CharacterCodingException e) {
            throw new DataException(name + " is not text in UTF-8; save it in this encoding.", e);
        }
    }

    private static CsvTable of(String name, CsvReader records) throws IOException {
        CsvReader.Row header = records.next();
        if (header == null) {
            throw new DataException(name + " is empty; its first line must name the columns.");
        }
        Set<String> names = new HashSet<>();
        for (String column : header.fields()) {
            if (!names.add(column)) {
                throw new DataException(name + " has two columns '" + column + "'; rename one of them.");
            }
        }
        List<CsvReader.Row> rows = new ArrayList<>();
        for (CsvReader.Row row = records.next(); row != null; row = records.next()) {
            if (row.fields().size() != header.fields().size()) {
                throw new DataException(name + ", line " + row.line() + ": there are "
                        + row.fields().size() + " fields, but the first line names "
                        + header.fields().size() + " columns.");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new DataException(
                    name + " has no rows below the names of the columns; add rows, or name another file.");
        }
        return new CsvTable(name, List.copyOf(header.fields()), rows, null);
    }

    /** The same table with missing values replaced by this one, in all columns of numbers. */
    public CsvTable withMissingAs(float value) {
        return new CsvTable(name, columns, rows, value);
    }

    /** The same table without the rows in which a value is missing. */
    public CsvTable withoutIncompleteRows() {
        List<CsvReader.Row> complete = rows.stream()
                .filter(row -> row.fields().stream().noneMatch(CsvTable::isMissing))
                .toList();
        if (complete.isEmpty()) {
            throw new DataException(
                    name + " has a missing value in every row; leave out a column that misses most of them.");
        }
        return new CsvTable(name, columns, complete, inPlaceOfMissing);
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return columns;
    }

    /** The number of rows, without the line of the names. */
    public int rows() {
        return rows.size();
    }

    /**
     * Columns of numbers, shape {@code [rows, columns]}.
     *
     * @throws DataException if a column does not exist, or a value is missing or not a number
     */
    public Tensor floats(String... names) {
        int[] positions = Arrays.stream(names).mapToInt(this::position).toArray();
        Tensor values = Tensor.zeros(rows.size(), names.length);
        for (int i = 0; i < values.size(); i++) {
            values.array()[i] = (float) number(rows.get(i / names.length), positions[i % names.length]);
        }
        return values;
    }

    /**
     * A column of whole numbers, shape {@code [rows]}, such as class indices.
     *
     * @throws DataException if it does not exist, or a value is missing or not a whole number
     */
    public IntTensor ints(String column) {
        int position = position(column);
        return integers(row -> {
            double value = number(row, position);
            if (value != (int) value) {
                throw wrong(row, position, "is '" + row.fields().get(position) + "', which is not a whole number");
            }
            return value;
        });
    }

    /** The distinct values of a column in alphabetical order, which numbers them from 0; see {@link #indices}. */
    public List<String> classes(String column) {
        int position = position(column);
        SortedSet<String> classes = new TreeSet<>();
        for (CsvReader.Row row : rows) {
            if (isMissing(row.fields().get(position))) {
                throw wrong(row, position, "has no value");
            }
            classes.add(row.fields().get(position));
        }
        return List.copyOf(classes);
    }

    /** The values of a column as indices into these classes, shape {@code [rows]}. */
    public IntTensor indices(String column, List<String> classes) {
        int position = position(column);
        return integers(row -> {
            int index = classes.indexOf(row.fields().get(position));
            if (index < 0) {
                throw wrong(row, position, "is '" + row.fields().get(position) + "', which is not one of " + classes);
            }
            return index;
        });
    }

    private IntTensor integers(ToDoubleFunction<CsvReader.Row> value) {
        return IntTensor.vector(
                rows.stream().mapToInt(row -> (int) value.applyAsDouble(row)).toArray());
    }

    private int position(String column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new DataException(
                    name + " has no column '" + column + "'; it has " + String.join(", ", columns) + ".");
        }
        return position;
    }

    private static boolean isMissing(String text) {
        return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private double number(CsvReader.Row row, int position) {
        String text = row.fields().get(position).strip();
        if (isMissing(text)) {
            if (inPlaceOfMissing == null) {
                throw wrong(
                        row,
                        position,
                        "has no value; give one for all with withMissingAs, or omit such rows with"
                                + " withoutIncompleteRows");
            }
            return inPlaceOfMissing;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(row, position, "is '" + text + "', which is not a number");
        }
        double number = Double.parseDouble(text.toLowerCase(Locale.ROOT).replaceFirst("inf.*", "Infinity"));
        if (Float.isInfinite((float) number) && !text.toLowerCase(Locale.ROOT).contains("inf")) {
            throw wrong(row, position, "is '" + text + "', which is larger than a 32-bit float can be");
        }
        return number;
    }

    private DataException wrong(CsvReader.Row row, int position, String what) {
        return new DataException(
                name + ", line " + row.line() + ": the column '" + columns.get(position) + "' " + what + ".");
    }
}
