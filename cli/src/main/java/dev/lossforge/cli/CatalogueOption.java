package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.LossCatalogue;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The source of losses: those that Lossforge includes, and those on the user's class path. */
final class CatalogueOption {
    @Option(
            names = {"--classpath", "--class-path"},
            paramLabel = "PATH",
            description = "Jars and class folders with your own losses, separated as in a Java class path.")
    private @Nullable String classPath;

    /** The losses. Their classes can be loaded until the program ends. */
    LossCatalogue catalogue() {
        ClassLoader own = CatalogueOption.class.getClassLoader();
        if (classPath == null) {
            return LossCatalogue.of(own);
        }
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                urls.add(url(entry));
            }
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), own);
        if (!LossCatalogue.isIn(loader)) {
            throw new ArgumentException(
                    "--classpath " + classPath + " has no losses; name the folder or the jar that the"
                            + " compiler has put generated losses into, as in target/classes");
        }
        return LossCatalogue.of(loader);
    }

    private static URL url(String entry) {
        Path path = Path.of(entry);
        if (!Files.exists(path)) {
            throw new ArgumentException("--classpath names " + entry + ", which does not exist; build it first, or"
                    + " separate several paths by '" + File.pathSeparator + "'");
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new ArgumentException("--classpath names " + entry + ", which is not a path on this system");
        }
    }
}
