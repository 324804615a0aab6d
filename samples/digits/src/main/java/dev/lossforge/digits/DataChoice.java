package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import java.nio.file.Path;

/** The user's choice of the data's source. */
public sealed interface DataChoice {
    /** The user's cache, otherwise a download, otherwise generated digits. */
    record Auto() implements DataChoice {}

    /** Generated digits. */
    record Generated() implements DataChoice {}

    /** A folder with the four files. */
    record Folder(Path path) implements DataChoice {}

    /** Reads {@code auto}, {@code generated} or a folder's path; {@code ./auto} is a folder of that name. */
    static DataChoice parse(String text) {
        return switch (text) {
            case "auto" -> new Auto();
            case "generated" -> new Generated();
            case "" -> throw new DataException("The location of the data is empty; give auto, generated or a folder.");
            default -> new Folder(Path.of(text));
        };
    }
}
