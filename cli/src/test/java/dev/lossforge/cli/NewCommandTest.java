package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lossforge.cli.project.BuildTool;
import dev.lossforge.cli.project.NewProject;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code new} writes; that it builds and trains is tested by the tutorial's test in {@code architecture}. */
class NewCommandTest {
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>([a-z-]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

    private static final Pattern ARTIFACT = Pattern.compile("\"dev\\.lossforge:([a-z-]+)[:\"]");
    private static final Pattern VERSION = Pattern.compile("<junit\\.version>([^<]+)<");

    @TempDir
    private Path scratch;

    private static void refused(Invocation invocation, String... words) {
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(invocation.output()).isEmpty();
        assertThat(invocation.errors()).singleElement().asString().contains(words);
    }

    @Test
    void writesAProjectNamedAfterItsFolder() throws IOException {
        Path folder = scratch.resolve("price-model");
        Invocation written = Invocation.of("new", folder.toString(), "--package", "com.example.pricing");
        assertThat(written.errors()).isEmpty();
        assertThat(written.exitCode()).isZero();
        Path losses = folder.resolve("src/main/java/com/example/pricing/Losses.java");
        assertThat(written.output()).contains(losses.toString(), "  cd " + folder);
        assertThat(losses).content().startsWith("package com.example.pricing;");
        assertThat(folder.resolve("pom.xml"))
                .content()
                .contains("<artifactId>price-model</artifactId>", "<argument>com.example.pricing.Train</argument>")
                .containsPattern("<lossforge.version>\\d+\\.\\d+\\.\\d+")
                .doesNotContain("{{", "@");
        assertThat(folder.resolve("src/test/java/com/example/pricing/LossesTest.java"))
                .exists();
    }

    @Test
    void writesTheSameForGradle() throws IOException {
        Path folder = scratch.resolve("price-model");
        Invocation written = Invocation.of("new", folder.toString(), "--package=com.example.pricing", "--gradle");
        assertThat(written.errors()).isEmpty();
        assertThat(written.exitCode()).isZero();
        assertThat(written.output())
                .contains("  gradle build", "  gradle -q run")
                .noneMatch(line -> line.contains("mvn"));
        assertThat(folder.resolve("pom.xml")).doesNotExist();
        assertThat(folder.resolve("settings.gradle.kts")).content().contains("\"price-model\"");
        assertThat(folder.resolve("build.gradle.kts"))
                .content()
                .contains("mainClass.set(\"com.example.pricing.Train\")")
                .containsPattern("val lossforge = \"\\d+\\.\\d+\\.\\d+");
        assertThat(folder.resolve(".gitignore")).hasContent(".gradle/\nbuild/");
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("gradle build ")
                .doesNotContain("mvn", "target/");
    }

    @ParameterizedTest
    @EnumSource
    void fillsEveryGap(BuildTool tool) {
        Map<String, String> files = new NewProject("p", "example", tool).files();
        assertThat(files.values())
                .allSatisfy(file -> assertThat(file).doesNotContain("{{", "}}").doesNotContainPattern("@[a-z.]+@"));
    }

    /** Gradle itself runs in no test. */
    @Test
    void theGradleBuildNamesWhatTheMavenBuildNames() {
        Map<String, String> maven = new NewProject("p", "example", BuildTool.MAVEN).files();
        Map<String, String> gradle = new NewProject("p", "example", BuildTool.GRADLE).files();
        List<String> named = ARTIFACT.matcher(gradle.get("build.gradle.kts"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named)
                .hasSize(5)
                .allSatisfy(artifact ->
                        assertThat(maven.get("pom.xml")).contains("<artifactId>" + artifact + "</artifactId>"));
        String junit = VERSION.matcher(maven.get("pom.xml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(gradle.get("build.gradle.kts")).contains("\"org.junit.jupiter:junit-jupiter:" + junit + "\"");
        assertThat(gradle.keySet())
                .containsAll(maven.keySet().stream()
                        .filter(file -> !file.equals("pom.xml"))
                        .toList());
    }

    @Test
    void takesAnEmptyFolderAndAName() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("mit Leerzeichen"));
        Invocation written = Invocation.of("new", folder.toString(), "--name=spaces");
        assertThat(written.exitCode()).isZero();
        assertThat(written.output()).contains("  cd '" + folder + "'");
        assertThat(folder.resolve("README.md")).content().startsWith("# spaces\n");
    }

    @Test
    void leavesNothingWhenAFileCannotBeWritten() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(512)
                .setMaxSize(4 * 512)
                .build())) {
            Path folder = disk.getPath("/projects/full");
            assertThatThrownBy(() -> new NewProject("full", "example", BuildTool.MAVEN).write(folder))
                    .isInstanceOf(IOException.class);
            assertThat(Files.exists(disk.getPath("/projects"))).isFalse();
        }
    }

    @Test
    void leavesAFolderAloneThatHasSomethingInIt() throws IOException {
        Path mine = Files.writeString(scratch.resolve("mine.txt"), "mine");
        refused(Invocation.of("new", scratch.toString(), "--name=x"), "is not empty", "new or empty");
        refused(Invocation.of("new", mine.toString()), "is a file");
        assertThat(scratch).isDirectoryContaining(path -> path.equals(mine));
        try (var content = Files.list(scratch)) {
            assertThat(content).containsExactly(mine);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "a b", "ä", "a/b", "../x", "<x>"})
    void refusesNamesThatBuildsWould(String name) {
        refused(Invocation.of("new", scratch.resolve("p").toString(), "--name=" + name), "name of a project");
        assertThat(scratch.resolve("p")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", "1a", "a.class", "a-b", "a b", "ä.b", "int", "java.util", "java"})
    void refusesPackagesThatJavaWould(String packageName) {
        refused(Invocation.of("new", scratch.resolve("p").toString(), "--package=" + packageName), "ackage");
        assertThat(scratch.resolve("p")).doesNotExist();
    }

    @Test
    void buildsWithThePluginsOfThisBuild() throws IOException {
        String pom = new NewProject("p", "example", BuildTool.MAVEN).files().get("pom.xml");
        Map<String, String> ours = plugins(Files.readString(Path.of("..", "pom.xml")));
        Map<String, String> theirs = plugins(pom);
        assertThat(theirs).hasSize(6).containsKey("exec-maven-plugin");
        theirs.remove("exec-maven-plugin");
        assertThat(ours).containsAllEntriesOf(theirs);
    }

    private static Map<String, String> plugins(String pom) {
        Map<String, String> versions = new HashMap<>();
        PLUGIN.matcher(pom).results().forEach(plugin -> versions.put(plugin.group(1), plugin.group(2)));
        return versions;
    }
}
