package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in README.md does what the page says: compiled by plain javac, and run, as a reader would. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    /** The modules as Maven hands them to tests; the processor's module is among them. */
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private static Path project;

    @BeforeAll
    static void compile() throws IOException {
        List<String> options = List.of(
                "-d",
                classes().toString(),
                "-cp",
                CLASS_PATH,
                "-processorpath",
                CLASS_PATH,
                "-Alossforge.dump=" + project.resolve("dump"));
        List<String> sources = blocks("java").stream().map(ReadmeTest::written).toList();
        String[] arguments = Stream.concat(options.stream(), sources.stream()).toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    private static Path classes() {
        return project.resolve("classes");
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(README))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Writes a source to a file named after its class. */
    private static String written(String source) {
        String name = CLASS.matcher(source).results().findFirst().orElseThrow().group(1);
        try {
            return Files.writeString(project.resolve(name + ".java"), source).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsWhatIsGenerated() throws IOException {
        String generated = Files.readString(classes().resolve("example/LatenessLoss.java"));
        String loops = Files.readString(project.resolve("dump/example.LatenessLoss/6-loops.txt"));
        List<String> shown = blocks("text");
        assertThat(shown).hasSize(2);
        assertThat(generated).contains(shown.get(0).strip());
        assertThat(loops).isEqualTo(shown.get(1));
    }

    @Test
    void trainsWithTheLoss() throws IOException, InterruptedException {
        assertThat(output(classes() + System.getProperty("path.separator") + CLASS_PATH, "example.TrainDelivery"))
                .containsPattern("loss 4\\.\\d+, then 2\\.\\d+")
                .containsOnlyOnce("--add-modules jdk.incubator.vector");
    }

    @Test
    void showsTheLossOnTheCommandLine() throws IOException, InterruptedException {
        String[] eval = {
            "dev.lossforge.cli.Lossforge",
            "eval",
            "lateness",
            "--classpath",
            classes().toString(),
            "--prediction=[0]",
            "--target=[0]",
            "--reduction=sum"
        };
        assertThat(output(CLASS_PATH, eval)).contains("2.7725887", "[-1.0]");
    }

    private static String output(String classPath, String... mainAndArguments)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String[] command = Stream.concat(Stream.of(java, "-cp", classPath), Stream.of(mainAndArguments))
                .toArray(String[]::new);
        return Program.output(project, command);
    }

    @Test
    void namesTheVersionOfThisBuild() throws IOException {
        String pom = blocks("xml").getFirst();
        String version = VERSION.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(pom).contains("<lossforge.version>" + version + "</lossforge.version>");
    }
}
