package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    private Path folder;

    private CsvTable table(String text) throws IOException {
        return table(text, ',');
    }

    private CsvTable table(String text, char separator) throws IOException {
        return CsvTable.read(Files.writeString(folder.resolve("houses.csv"), text), separator);
    }

    @Test
    void readsNumbersAndClasses() throws IOException {
        CsvTable table = table("area,rooms,town\n50.5,2,Rome\n80,3,Oslo\n1e2,4,Rome\n");
        assertThat(table.columns()).containsExactly("area", "rooms", "town");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.floats("rooms", "area"))
                .isEqualTo(Tensor.matrix(new float[] {2, 50.5f}, new float[] {3, 80}, new float[] {4, 100}));
        assertThat(table.ints("rooms")).isEqualTo(IntTensor.vector(2, 3, 4));
        assertThat(table.classes("town")).containsExactly("Oslo", "Rome");
        assertThat(table.indices("town", table.classes("town"))).isEqualTo(IntTensor.vector(1, 0, 1));
    }

    @Test
    void readsQuotesLineEndsAndTheMarkOfSpreadsheets() throws IOException {
        CsvTable table = table("\uFEFF\"a\",\"b, or c\"\r\n 1 ,\"say \"\"x\"\",\r\ny\"\r\n\r\n2,\"\"\"\"\r\n3,\"\"");
        assertThat(table.columns()).containsExactly("a", "b, or c");
        assertThat(table.ints("a")).isEqualTo(IntTensor.vector(1, 2, 3));
        assertThat(table.indices("b, or c", List.of("", "\"", "say \"x\",\r\ny")))
                .isEqualTo(IntTensor.vector(2, 1, 0));
        assertThat(CsvTable.read(Files.writeString(folder.resolve("s.csv"), "a;b\n1;2"), ';')
                        .floats("b"))
                .isEqualTo(Tensor.matrix(new float[] {2}));
    }

    @Test
    void namesTheLineAndTheColumnOfAMissingValue() throws IOException {
        CsvTable table = table("area,\"two\nlines\",rooms\n1,2,3\n\n4,\"5\n\",\n7,8,9\n");
        assertThatThrownBy(() -> table.floats("area", "rooms"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("houses.csv, line 5: the column 'rooms' has no value");
        assertThat(table.withMissingAs(-1).floats("rooms"))
                .isEqualTo(Tensor.matrix(new float[] {3}, new float[] {-1}, new float[] {9}));
        assertThat(table.withoutIncompleteRows().ints("rooms")).isEqualTo(IntTensor.vector(3, 9));
        for (String missing : List.of("", "NA", "n/a", "NaN", "null", "?", " ")) {
            assertThatThrownBy(() -> table("a,b\n1,2\n3," + missing + "\n").floats("b"))
                    .hasMessageStartingWith("houses.csv, line 3: the column 'b' has no value");
        }
    }

    @Test
    void namesTheLineOfWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> table("a,b\n1,2\n3\n"))
                .hasMessage("houses.csv, line 3: there are 1 fields, but the first line names 2 columns.");
        assertThatThrownBy(() -> table("a,b\n1,x\n").floats("b"))
                .hasMessage("houses.csv, line 2: the column 'b' is 'x', which is not a number.");
        for (String odd : List.of("1f", "1d", "0x1p3", "1_000", "1,5e", "--1")) {
            assertThatThrownBy(() ->
                            table("a;b\n1;2\n".replace("1;", odd + ";"), ';').floats("a"))
                    .hasMessageContaining("which is not a number");
        }
        assertThatThrownBy(() -> table("a\n1e39\n").floats("a"))
                .hasMessageContaining("is '1e39', which is larger than a 32-bit float can be");
        assertThat(table("a\n-inf\n+Infinity\n.5\n5.\n").floats("a").array())
                .containsExactly(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0.5f, 5);
        assertThatThrownBy(() -> CsvTable.read(
                        Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xFC, '\n'})))
                .hasMessage("latin.csv is not text in UTF-8; save it in this encoding.");
        assertThatThrownBy(() -> CsvTable.read(folder.resolve("absent.csv")))
                .hasMessage("There is no file " + folder.resolve("absent.csv") + "; name one in the CSV format.");
        assertThatThrownBy(() -> table("a\n1.5\n").ints("a"))
                .hasMessage("houses.csv, line 2: the column 'a' is '1.5', which is not a whole number.");
        assertThatThrownBy(() -> table("a\nx\n").indices("a", List.of("y")))
                .hasMessage("houses.csv, line 2: the column 'a' is 'x', which is not one of [y].");
        assertThatThrownBy(() -> table("a\n\"x\n").floats("a"))
                .hasMessage("houses.csv, line 2: a quote is never closed.");
        assertThatThrownBy(() -> table("a\n\"x\"y\n")).hasMessageContaining("line 2: after a quoted field comes 'y'");
        assertThatThrownBy(() -> table("a,a\n1,2\n")).hasMessageContaining("two columns 'a'");
        assertThatThrownBy(() -> table("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> table("a\n")).hasMessageContaining("no rows");
        assertThatThrownBy(() -> table("a\n1\n").floats("b")).hasMessage("houses.csv has no column 'b'; it has a.");
    }
}
