package dev.lossforge.checks;

import static dev.lossforge.checks.SourceTree.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.cli.project.BuildTool;
import dev.lossforge.cli.project.NewProject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project that {@code lossforge new} writes, built as it stands by a Maven of its own, outside this build, against
 * what this build has made.
 */
class NewProjectTest {
    private static final Pattern JAR = Pattern.compile("(lossforge-[a-z-]+)-(\\d.*)\\.jar");

    @TempDir
    private Path scratch;

    /** The jars of the modules, as Maven hands them to tests once they are packaged. */
    private static List<Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> entry.startsWith(ROOT) && entry.toString().endsWith(".jar"))
                .toList();
    }

    @Test
    void buildsTestsAndTrainsAsItStands() throws IOException, InterruptedException {
        assumeTrue(!jars().isEmpty(), "the modules are not packaged; ./mvnw verify packages them");
        Path repository = scratch.resolve("repository");
        String version = "";
        for (Path jar : jars()) {
            Matcher name = JAR.matcher(jar.getFileName().toString());
            assertThat(name.matches()).as("%s", jar).isTrue();
            version = name.group(2);
            install(repository, name.group(1), version, "jar", jar);
            install(
                    repository,
                    name.group(1),
                    version,
                    "pom",
                    pom(jar.getParent().getParent()));
        }
        install(repository, "lossforge", version, "pom", ROOT.resolve("pom.xml"));
        install(repository, "lossforge-runtime", version, "pom", ROOT.resolve("runtime/pom.xml"));
        install(repository, "lossforge-bom", version, "pom", ROOT.resolve("bom/pom.xml"));
        Path project = scratch.resolve("waiting times");
        for (Map.Entry<String, String> file : new NewProject("waiting", "example.waiting", BuildTool.MAVEN)
                .files()
                .entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        String built = Program.output(
                project,
                ROOT.resolve(File.separatorChar == '/' ? "mvnw" : "mvnw.cmd").toString(),
                "--batch-mode",
                "--offline",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + usualRepository(),
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                "verify");
        assertThat(built).containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(project.resolve("target/waiting-1.0-SNAPSHOT.jar")).exists();

        String trained = Program.output(
                project,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                project.resolve("target/classes") + File.pathSeparator + System.getProperty("java.class.path"),
                "example.waiting.Train");
        assertThat(trained).contains("loss");
    }

    /** What is deployed: a jar that holds its libraries does not depend on them. */
    private static Path pom(Path module) {
        Path reduced = module.resolve("dependency-reduced-pom.xml");
        return Files.exists(reduced) ? reduced : module.resolve("pom.xml");
    }

    private static void install(Path repository, String artifact, String version, String type, Path file)
            throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("dev/lossforge").resolve(artifact).resolve(version));
        Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
    }

    /** Where this build has its libraries from; Surefire tells. */
    private static Path usualRepository() {
        String told = System.getProperty("localRepository");
        return told == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(told);
    }
}
