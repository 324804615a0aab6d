package dev.lossforge.digits;

import dev.lossforge.digits.MnistData.Origin;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the data that a {@link DataChoice} requests. */
public final class MnistSource {
    /** A constant, so that runs with different seeds see the same digits, as they do with published data. */
    private static final long DIGITS_SEED = 1;

    private final MnistCache cache;
    private final Supplier<DownloadMirrors> mirrors;
    private final DataListener listener;

    /** A source with the user's cache and the public mirrors. */
    public MnistSource(DataListener listener) {
        this(MnistCache.ofUser(), () -> DownloadMirrors.known(listener), listener);
    }

    MnistSource(MnistCache cache, Supplier<DownloadMirrors> mirrors, DataListener listener) {
        this.cache = cache;
        this.mirrors = mirrors;
        this.listener = listener;
    }

    /**
     * Finds the data; at most {@code limit} training images, the first ones.
     *
     * @throws DataException if the requested data cannot be used
     */
    public MnistData load(DataChoice choice, int limit) throws IOException {
        return switch (choice) {
            case DataChoice.Auto() -> publishedOrGenerated(limit);
            case DataChoice.Generated() -> generated(limit);
            case DataChoice.Folder(Path folder) -> fromFolder(folder).limitedTo(limit);
        };
    }

    private MnistData fromFolder(Path folder) throws IOException {
        MnistFiles files = new MnistFolder(folder).read();
        if (files.published()) {
            return new MnistData(files.train(), files.test(), Origin.PUBLISHED, "MNIST from " + folder);
        }
        listener.warning(
                "%s does not hold the published MNIST (its checksums differ); it is used as it is.".formatted(folder));
        return new MnistData(files.train(), files.test(), Origin.OTHER, "the set in " + folder);
    }

    private MnistData publishedOrGenerated(int limit) throws IOException {
        MnistFiles files = new MnistFiles();
        try (DownloadMirrors download = mirrors.get()) {
            for (MnistFile file : MnistFile.values()) {
                files.add(file, file.plainName(), cachedOrDownloaded(file, download));
            }
        } catch (DataException e) {
            listener.warning("MNIST is not available. " + e.getMessage());
            listener.warning("Using GENERATED digits instead; their accuracy says nothing about MNIST.");
            return generated(limit);
        }
        String description = "MNIST from " + cache.folder();
        return new MnistData(files.train(), files.test(), Origin.PUBLISHED, description).limitedTo(limit);
    }

    private IdxArray cachedOrDownloaded(MnistFile file, DownloadMirrors download) {
        Optional<IdxArray> cached = cache.find(file).flatMap(found -> intact(file, found));
        return cached.isPresent() ? cached.get() : downloaded(file, download);
    }

    private Optional<IdxArray> intact(MnistFile file, Path found) {
        try {
            IdxArray array = IdxReader.read(found, file.form());
            if (array.sha256().equals(file.sha256())) {
                return Optional.of(array);
            }
            listener.notice(found + " is not as published; it is downloaded again.");
        } catch (DataException e) {
            listener.notice("The cached copy is downloaded again: " + e.getMessage());
        } catch (IOException e) {
            listener.notice("The cached copy is downloaded again: " + FileProblem.of(e) + ".");
        }
        return Optional.empty();
    }

    private IdxArray downloaded(MnistFile file, DownloadMirrors download) {
        DownloadMirrors.Fetched fetched = download.fetch(file);
        try {
            cache.store(file, fetched.gzipped());
        } catch (IOException e) {
            listener.notice("%s cannot be kept for the next run in %s (%s)."
                    .formatted(file.gzippedName(), cache.folder(), FileProblem.of(e)));
        }
        return fetched.array();
    }

    private MnistData generated(int limit) {
        GeneratedDigits digits = GeneratedDigits.seeded(DIGITS_SEED);
        listener.notice("Generating digits with " + digits.typefaces() + ".");
        return new MnistData(
                digits.train(limit), digits.test(), Origin.GENERATED, "digits generated with " + digits.typefaces());
    }
}
