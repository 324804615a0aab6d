package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one IDX file, gzipped or not, and refuses anything else.
 *
 * <p>The header is not trusted. Memory grows only with the bytes read, and reading stops one byte after the announced
 * size, which is at most {@value #MAX_BYTES} bytes. A false header or a gzip bomb therefore cannot take more than the
 * announced size.
 */
final class IdxReader {
    /** The maximum size that a file may announce; the published training images have 47 million bytes. */
    static final int MAX_BYTES = 1 << 30;

    private static final int GZIP_MAGIC = 0x1f8b;

    private final String name;
    private final IdxKind form;

    private IdxReader(String name, IdxKind form) {
        this.name = name;
        this.form = form;
    }

    static IdxArray read(Path file, IdxKind form) throws IOException {
        try (InputStream stored = Files.newInputStream(file)) {
            return read(file.toString(), stored, form);
        }
    }

    /** Reads {@code stored} to its end; {@code name} is its name in messages. */
    static IdxArray read(String name, InputStream stored, IdxKind form) throws IOException {
        return new IdxReader(name, form).read(stored);
    }

    private IdxArray read(InputStream stored) throws IOException {
        try {
            MessageDigest sha256 = Sha256.digest();
            InputStream bytes = new DigestInputStream(uncompressed(stored), sha256);
            List<Integer> extents = readHeader(bytes);
            byte[] values = readValues(bytes, extents);
            return new IdxArray(extents, values, HexFormat.of().formatHex(sha256.digest()));
        } catch (ZipException e) {
            throw new DataException(
                    "%s is a corrupted gzip file (%s); fetch it again.".formatted(name, e.getMessage()), e);
        } catch (EOFException e) {
            throw new DataException("%s is a truncated gzip file; fetch it again.".formatted(name), e);
        }
    }

    private static InputStream uncompressed(InputStream stored) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stored, 1 << 16);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private List<Integer> readHeader(InputStream bytes) throws IOException {
        int magic = readInt(bytes);
        if (magic != form.magic()) {
            throw new DataException(wrongMagic(magic));
        }
        List<Integer> extents = new ArrayList<>();
        for (int axis = 0; axis < form.rank(); axis++) {
            int extent = readInt(bytes);
            if (extent < 1) {
                throw new DataException("%s announces %s %s along axis %d; the file is damaged, fetch it again."
                        .formatted(name, Integer.toUnsignedString(extent), form, axis));
            }
            extents.add(extent);
        }
        return extents;
    }

    private String wrongMagic(int magic) {
        for (IdxKind other : IdxKind.values()) {
            if (magic == other.magic()) {
                return "%s holds %s where %s are expected; check which file is which.".formatted(name, other, form);
            }
        }
        return "%s is not an IDX file of %s: it starts with 0x%08x, not 0x%08x; give the file as published."
                .formatted(name, form, magic, form.magic());
    }

    private int readInt(InputStream bytes) throws IOException {
        byte[] four = bytes.readNBytes(Integer.BYTES);
        if (four.length < Integer.BYTES) {
            throw new DataException("%s ends within its header; fetch it again.".formatted(name));
        }
        return ByteBuffer.wrap(four).getInt();
    }

    private byte[] readValues(InputStream bytes, List<Integer> extents) throws IOException {
        int size = size(extents);
        byte[] values = bytes.readNBytes(size);
        if (values.length < size) {
            throw new DataException("%s is truncated: it announces %s, %d bytes, and ends after %d; fetch it again."
                    .formatted(name, form.describe(extents), size, values.length));
        }
        if (bytes.read() >= 0) {
            throw new DataException("%s continues after the %s that it announces; fetch it again."
                    .formatted(name, form.describe(extents)));
        }
        return values;
    }

    private int size(List<Integer> extents) {
        long size = 1;
        for (int extent : extents) {
            size *= extent; // below 2^30 before, so below 2^61 now
            if (size > MAX_BYTES) {
                throw new DataException("%s announces %s, more than the %d bytes that are read; give a smaller set."
                        .formatted(name, form.describe(extents), MAX_BYTES));
            }
        }
        return (int) size;
    }
}
