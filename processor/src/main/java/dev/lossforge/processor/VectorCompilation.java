package dev.lossforge.processor;

import dev.lossforge.processor.emit.GeneratedSource;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles vector loops inside the processor. They use the Vector API, for which a user's build would need a flag and
 * would get a warning. The classes have the version of Java 21, so any later JVM runs them.
 */
final class VectorCompilation {
    private static final List<String> OPTIONS =
            List.of("--release", "21", "--add-modules", "jdk.incubator.vector", "-proc:none", "-Xlint:none", "-nowarn");

    private final JavaCompiler compiler;

    private VectorCompilation(JavaCompiler compiler) {
        this.compiler = compiler;
    }

    /** The compiler of this JVM; none if it has no compiler or no Vector API. */
    static Optional<VectorCompilation> ofThisJvm() {
        return Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .filter(compiler ->
                        ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent())
                .map(VectorCompilation::new);
    }

    /**
     * The classes of some files by their binary names.
     *
     * @throws IllegalStateException if a file does not compile, which is a defect of the emitter
     * @throws IOException if temporary files cannot be written
     */
    SortedMap<String, byte[]> compile(List<GeneratedSource> files) throws IOException {
        Path folder = Files.createTempDirectory("lossforge-vectors");
        try {
            compile(files, folder);
            return classes(folder);
        } finally {
            delete(folder);
        }
    }

    private void compile(List<GeneratedSource> files, Path folder) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of());
            boolean compiled = compiler.getTask(
                            new StringWriter(),
                            manager,
                            diagnostics,
                            OPTIONS,
                            null,
                            files.stream()
                                    .map(GeneratedSource::toJavaFileObject)
                                    .toList())
                    .call();
            if (!compiled) {
                throw new IllegalStateException(diagnostics.getDiagnostics().stream()
                        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                        .map(d -> d.getSource() + ":" + d.getLineNumber() + ": " + d.getMessage(Locale.ROOT))
                        .findFirst()
                        .orElse("javac failed"));
            }
        }
    }

    private static SortedMap<String, byte[]> classes(Path folder) throws IOException {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".class")).toList()) {
                String path = folder.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length())
                        .replace(file.getFileSystem().getSeparator(), ".");
                classes.put(name, Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
