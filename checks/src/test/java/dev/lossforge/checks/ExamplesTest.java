package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples in the descriptions of packages name classes that there are. */
class ExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern CLASS =
            Pattern.compile("new ([A-Z]\\w*)|\\b([A-Z]\\w*)\\.\\w+\\(|(?m)^ \\* *([A-Z]\\w*) \\w+ =");

    @Test
    void nameClassesThatThereAre() throws IOException {
        Set<String> known =
                ProjectClasses.ALL.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (Path file : descriptions()) {
            EXAMPLE.matcher(Files.readString(file))
                    .results()
                    .flatMap(example -> CLASS.matcher(example.group(1)).results())
                    .forEach(match -> named.add(name(match)));
        }
        assertThat(named).isNotEmpty();
        named.removeAll(known);
        assertThat(named)
                .as("classes in examples of packages that do not exist")
                .isEmpty();
    }

    /** Of all packages. */
    private static List<Path> descriptions() throws IOException {
        return SourceTree.files().stream()
                .filter(file -> file.endsWith("package-info.java"))
                .filter(file -> file.toString().contains("src/main"))
                .toList();
    }

    private static String name(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2) != null ? match.group(2) : match.group(3);
    }
}
