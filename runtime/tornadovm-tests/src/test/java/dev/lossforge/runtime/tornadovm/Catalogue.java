package dev.lossforge.runtime.tornadovm;

import dev.lossforge.losses.HuberLoss;
import dev.lossforge.runtime.loss.LossFunction;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The losses of the catalogue, found where their classes are. */
final class Catalogue {

    /** Those that sort a row have no kernels for devices yet. */
    private static final Set<String> WITHOUT_KERNELS =
            Set.of("ListMleLoss", "LovaszHingeLoss", "WassersteinDistanceLoss");

    private Catalogue() {}

    /** Their classes, by name, of all that have kernels for devices. */
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
                    .filter(name -> !WITHOUT_KERNELS.contains(name))
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

    /**
     * The loss with its hyperparameters' defaults; those without one are weights of so many classes, or quantiles or
     * thresholds, which ascend between 0 and 1.
     */
    static LossFunction create(Class<? extends LossFunction> type, int columns) {
        try {
            for (Constructor<?> constructor : type.getConstructors()) {
                if (constructor.getParameterCount() == 0) {
                    return type.getConstructor().newInstance();
                }
            }
            float[] ofClasses = new float[columns];
            for (int i = 0; i < columns; i++) {
                ofClasses[i] = (i + 1f) / (columns + 1);
            }
            return type.getConstructor(float[].class).newInstance((Object) ofClasses);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
