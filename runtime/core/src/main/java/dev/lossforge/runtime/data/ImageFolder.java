package dev.lossforge.runtime.data;

import dev.lossforge.runtime.internal.files.FileProblem;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images in one folder for each class: PNG, JPEG, GIF or BMP files directly inside it. Hidden files and files of other
 * kinds are skipped. The classes are numbered in the alphabetical order of their folders' names.
 *
 * <pre>{@code
 * ImageFolder pets = ImageFolder.at(Path.of("pets")).scaledTo(64, 64);
 * Dataset data = pets.dataset();
 * }</pre>
 */
public final class ImageFolder {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    /** The number of images that a stream reads at a time. */
    private static final int PART = 64;

    private final List<String> classes;
    private final List<Labelled> images;
    private final ImageForm form;

    /** An image and the index of its class. */
    private record Labelled(Path file, int label) {}

    private ImageFolder(List<String> classes, List<Labelled> images, ImageForm form) {
        this.classes = classes;
        this.images = images;
        this.form = form;
    }

    /**
     * The images in this folder's class folders, in colour and in their own size, which must then be the same for all.
     *
     * @throws DataException if there are no classes, or a class has no images
     */
    public static ImageFolder at(Path folder) throws IOException {
        List<Path> folders = sorted(folder, Files::isDirectory);
        List<Labelled> images = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            List<Path> files = sorted(folders.get(label), ImageFolder::isImage);
            if (files.isEmpty()) {
                throw new DataException("The folder " + folders.get(label)
                        + " has no images; give PNG, JPEG, GIF or BMP" + " files, or remove it.");
            }
            for (Path file : files) {
                images.add(new Labelled(file, label));
            }
        }
        if (images.isEmpty()) {
            throw new DataException("The folder " + folder + " has no folders; make one for the images of each class.");
        }
        List<String> names =
                folders.stream().map(path -> String.valueOf(path.getFileName())).toList();
        return new ImageFolder(names, images, new ImageForm(0, 0, 3));
    }

    private static List<Path> sorted(Path folder, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    "There is no folder " + folder + "; name one with a folder of images for each class.");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Scales all images to this size. Shrinking averages pixels. Proportions may change. */
    public ImageFolder scaledTo(int height, int width) {
        return new ImageFolder(classes, images, new ImageForm(height, width, form.channels()));
    }

    /** Reads only the brightness of the images: one channel instead of red, green and blue. */
    public ImageFolder inGray() {
        return new ImageFolder(classes, images, new ImageForm(form.height(), form.width(), 1));
    }

    /** The names of the classes, in the order of their numbers. */
    public List<String> classes() {
        return classes;
    }

    /** The number of images. */
    public int size() {
        return images.size();
    }

    /** The file of an image, by its row in the dataset. */
    public Path file(int row) {
        return images.get(row).file();
    }

    /**
     * All images in memory, from 0 to 1, shape {@code [images, height, width, channels]}, and their classes, in the
     * order of classes and file names.
     *
     * @throws DataException that names the first file that cannot be read or has a different size
     */
    public Dataset dataset() {
        return read(images);
    }

    /**
     * The same images, read again in each epoch, for data that does not fit into memory. Classes are mixed.
     *
     * @param buffer the number of images kept in memory to draw from
     */
    public Dataset streamed(int buffer) {
        List<Labelled> mixed = new ArrayList<>(images);
        Collections.shuffle(mixed, new Random(0));
        return Dataset.streamed(images.size(), buffer, () -> parts(mixed));
    }

    private Iterator<Dataset> parts(List<Labelled> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + PART)
                .mapToObj(from -> read(all.subList(from, Math.min(from + PART, all.size()))))
                .iterator();
    }

    private Dataset read(List<Labelled> some) {
        int[] labels = some.stream().mapToInt(Labelled::label).toArray();
        Tensor first = image(some.getFirst(), form);
        Tensor pixels = Tensor.zeros(first.shape().batchOf(some.size()));
        for (int i = 0; i < some.size(); i++) {
            Tensor image = i == 0 ? first : image(some.get(i), form);
            if (!image.shape().equals(first.shape())) {
                throw new DataException(some.get(i).file() + " has the shape " + image.shape() + ", but "
                        + some.getFirst().file() + " has " + first.shape() + "; scale all to one size with scaledTo.");
            }
            System.arraycopy(image.array(), 0, pixels.array(), i * image.size(), image.size());
        }
        return Dataset.of(pixels, IntTensor.vector(labels));
    }

    private static Tensor image(Labelled image, ImageForm form) {
        try {
            return form.read(image.file());
        } catch (IOException e) {
            throw new DataException("The image " + image.file() + " cannot be read: " + FileProblem.of(e) + ".", e);
        }
    }
}
