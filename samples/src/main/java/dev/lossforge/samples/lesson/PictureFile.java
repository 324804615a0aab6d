package dev.lossforge.samples.lesson;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** PNG files that name Lossforge as their creator in a text chunk. Files without this chunk are never replaced. */
public final class PictureFile {
    /** The PNG signature and the chunk {@code IHDR}, which comes first. */
    private static final int HEADER = 8 + 25;

    private static final byte[] CHUNK = "tEXtSoftware\0Lossforge".getBytes(StandardCharsets.ISO_8859_1);

    private PictureFile() {}

    /** The same PNG with the text chunk {@code Software: Lossforge}. */
    public static byte[] signed(byte[] png) {
        if (isSigned(png)) {
            return png;
        }
        CRC32 crc = new CRC32();
        crc.update(CHUNK);
        return ByteBuffer.allocate(png.length + CHUNK.length + 2 * Integer.BYTES)
                .put(png, 0, HEADER)
                .putInt(CHUNK.length - 4) // without the chunk's type
                .put(CHUNK)
                .putInt((int) crc.getValue())
                .put(png, HEADER, png.length - HEADER)
                .array();
    }

    /** Whether this is {@link #signed}, or the beginning of such a file. */
    public static boolean isSigned(byte[] png) {
        int from = HEADER + Integer.BYTES;
        return png.length >= from + CHUNK.length
                && ByteBuffer.wrap(png, from, CHUNK.length).equals(ByteBuffer.wrap(CHUNK));
    }

    /**
     * Writes a signed PNG. An existing file is replaced if it is signed.
     *
     * @throws ConfigurationException if another file has this name
     */
    public static void write(Path file, byte[] png) throws IOException {
        if (Files.exists(file)) {
            try (InputStream stream = Files.newInputStream(file)) {
                if (!isSigned(stream.readNBytes(HEADER + Integer.BYTES + CHUNK.length))) {
                    throw new ConfigurationException(
                            file + " was not written by Lossforge and was not changed; move it, or name another folder"
                                    + " with --out.");
                }
            }
        }
        Files.write(file, signed(png));
    }
}
