package dev.lossforge.runtime.tornadovm;

import dev.lossforge.losses.HuberLoss;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The losses of the catalogue, found where their classes are. */
final class Catalogue {

    /** Those whose first hyperparameter has an entry for each pair of classes. */
    private static final Set<String> OF_PAIRS = Set.of("ConditionalRandomFieldLoss", "HiddenMarkovLoss");

    private static final Path SOURCES = Path.of("../../losses/src/main/java/dev/lossforge/losses");

    private Catalogue() {}

    /** Their classes, by name; all have kernels for devices. */
    static List<Class<? extends LossFunction>> losses() throws IOException, URISyntaxException {
        Path source = Path.of(HuberLoss.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(source)) {
            return losses(source);
        }
        try (FileSystem jar = FileSystems.newFileSystem(source)) {
            return losses(jar.getPath("/"));
        }
    }

    private static List<Class<? extends LossFunction>> losses(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("dev/lossforge/losses"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Loss.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .<Class<? extends LossFunction>>map(name -> named("dev.lossforge.losses." + name))
                    .toList();
        }
    }

    private static Class<? extends LossFunction> named(String name) {
        try {
            return Class.forName(name).asSubclass(LossFunction.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The formula of a loss of the catalogue, read from its source; empty for other losses, or without the sources. */
    static Optional<Formula> formula(LossFunction loss) {
        if (!Files.isDirectory(SOURCES)) {
            return Optional.empty(); // a machine with nothing but a GPU
        }
        String declaration = " static float " + loss.name() + "(";
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains(declaration)) {
                    return SourceReading.ofFiles(source).formulas().stream()
                            .filter(formula -> formula.methodName().equals(loss.name()))
                            .findFirst();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The loss with its hyperparameters' defaults; those without one are weights of so many classes, or quantiles or
     * thresholds, which ascend between 0 and 1, or weights of all pairs of classes.
     */
    static LossFunction create(Class<? extends LossFunction> type, int columns) {
        try {
            Constructor<?> shortest = Stream.of(type.getConstructors())
                    .min(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow();
            Object[] arguments = new Object[shortest.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                boolean ofPairs = i == 0 && OF_PAIRS.contains(type.getSimpleName());
                arguments[i] = ascending(ofPairs ? columns * columns : columns);
            }
            return type.cast(shortest.newInstance(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static float[] ascending(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (i + 1f) / (count + 1);
        }
        return numbers;
    }
}
