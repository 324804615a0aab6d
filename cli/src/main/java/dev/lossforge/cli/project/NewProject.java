package dev.lossforge.cli.project;

import dev.lossforge.cli.argument.ArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * A new project that builds without changes: one loss, one training, one test.
 *
 * @param name the name of the project, which is also its artifact ID
 * @param packageName the package of its classes, which is also its group ID
 */
public record NewProject(String name, String packageName, BuildTool tool) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    /** @throws ArgumentException if a name is invalid for the build tool or for Java */
    public NewProject {
        if (!NAME.matcher(name).matches()) {
            throw new ArgumentException("'" + name + "' cannot be the name of a project: it takes letters, digits,"
                    + " '-', '_' and '.', and begins with a letter or digit; give one with --name");
        }
        if (!PACKAGE.matcher(packageName).matches() || !SourceVersion.isName(packageName)) {
            throw new ArgumentException("'" + packageName + "' cannot be a package: it takes Java names of letters,"
                    + " digits and '_', parted by dots, as in com.example.pricing");
        }
        if (packageName.equals("java") || packageName.startsWith("java.")) {
            throw new ArgumentException("The package '" + packageName + "' belongs to Java itself; choose another");
        }
    }

    /** The contents of all files, by their paths with slashes. */
    public Map<String, String> files() {
        String folder = packageName.replace('.', '/') + "/";
        Map<String, String> files = new LinkedHashMap<>();
        tool.files().forEach(file -> files.put(file, filled(file)));
        files.put("README.md", filled("README.md"));
        files.put(".gitignore", filled("gitignore"));
        files.put("src/main/java/" + folder + "Losses.java", filled("Losses.java"));
        files.put("src/main/java/" + folder + "Train.java", filled("Train.java"));
        files.put("src/test/java/" + folder + "LossesTest.java", filled("LossesTest.java"));
        return files;
    }

    private String filled(String template) {
        try (InputStream bytes = Objects.requireNonNull(NewProject.class.getResourceAsStream(template), template)) {
            return tool.fill(new String(bytes.readAllBytes(), StandardCharsets.UTF_8))
                    .replace("{{name}}", name)
                    .replace("{{package}}", packageName);
        } catch (IOException e) {
            throw new IllegalStateException("This jar is damaged: " + template, e);
        }
    }

    /**
     * Writes all files to a folder, which is created if it does not exist. If a file cannot be written, all are deleted
     * again.
     *
     * @throws ArgumentException if the folder is not empty
     */
    public void write(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ArgumentException(folder + " is a file; give a folder that is new or empty");
        }
        List<Path> made = new ArrayList<>();
        try {
            createDirectories(folder, made);
            requireEmpty(folder);
            for (Map.Entry<String, String> file : files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                createDirectories(Objects.requireNonNull(path.getParent()), made);
                made.add(path);
                Files.writeString(path, file.getValue());
            }
        } catch (IOException | ArgumentException e) {
            for (Path path : made.reversed()) {
                Files.deleteIfExists(path);
            }
            throw e;
        }
    }

    private static void createDirectories(Path folder, List<Path> made) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && Files.notExists(parent)) {
            createDirectories(parent, made);
        }
        if (Files.notExists(folder)) {
            Files.createDirectory(folder);
            made.add(folder);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (var content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new ArgumentException(folder + " is not empty; give a folder that is new or empty");
            }
        }
    }
}
