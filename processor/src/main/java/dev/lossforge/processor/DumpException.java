package dev.lossforge.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The folder that the user named for the stages' texts cannot be written. */
final class DumpException extends UncheckedIOException {

    private static final long serialVersionUID = 1;

    private final transient Path folder;

    DumpException(Path folder, IOException cause) {
        super(cause);
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }
}
