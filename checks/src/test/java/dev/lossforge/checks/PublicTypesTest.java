package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The public types of each module are those of a checked-in list, so that a new one is a decision. Internals are left
 * out: packages whose name has {@code internal}, the stages of the processor, and what the processor generates.
 *
 * <p>{@code -Dlossforge.publicTypes.update=true} rewrites the list.
 */
class PublicTypesTest {
    private static final Path LIST = Path.of("src/test/resources/public-types.txt");

    private static final String TORNADOVM = "runtime/tornadovm";

    private static final Map<String, String> MODULES = Map.of(
            "dsl",
            "dev.lossforge.dsl",
            "processor",
            "dev.lossforge.processor",
            "runtime/core",
            "dev.lossforge.runtime",
            "runtime/cpu",
            "dev.lossforge.runtime.cpu",
            TORNADOVM,
            "dev.lossforge.runtime.tornadovm",
            "losses",
            "dev.lossforge.losses");

    private static final Map<String, Set<String>> ACTUAL = publicTypes();

    private static Map<String, Set<String>> publicTypes() {
        Map<String, Set<String>> types = new TreeMap<>();
        MODULES.keySet().forEach(module -> types.put(module, new TreeSet<>()));
        for (JavaClass type : ProjectClasses.ALL) {
            if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC) && !isInternal(type)) {
                module(type).ifPresent(module -> types.get(module).add(type.getName()));
            }
        }
        return types;
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().contains(".internal")
                || type.getPackageName().startsWith("dev.lossforge.processor.")
                || type.getName().endsWith("DeviceKernels")
                || type.getAllRawSuperclasses().stream()
                        .anyMatch(base -> base.getSimpleName().equals("FormulaLoss")
                                || base.getSimpleName().equals("FormulaPenalty"));
    }

    /** The module with the longest package that the type's package begins with; empty for a module without a list. */
    private static Optional<String> module(JavaClass type) {
        return MODULES.entrySet().stream()
                .filter(module -> (type.getPackageName() + ".").startsWith(module.getValue() + "."))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    @Test
    void eachPublicTypeIsMeant() throws IOException {
        Map<String, Set<String>> listed = listed();
        Map<String, Set<String>> expected = new TreeMap<>(ACTUAL);
        if (ACTUAL.get(TORNADOVM).isEmpty()) {
            // Built only where TornadoVM is installed.
            expected.put(TORNADOVM, listed.getOrDefault(TORNADOVM, Set.of()));
        }
        if (Boolean.getBoolean("lossforge.publicTypes.update")) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, text(expected));
        }
        assertThat(text(expected)).as("the list in " + LIST.toAbsolutePath()).isEqualTo(Files.readString(LIST));
    }

    private static String text(Map<String, Set<String>> types) {
        StringBuilder text = new StringBuilder();
        types.forEach((module, names) -> {
            text.append(module).append('\n');
            names.forEach(name -> text.append("  ").append(name).append('\n'));
        });
        return text.toString();
    }

    private static Map<String, Set<String>> listed() throws IOException {
        Map<String, Set<String>> types = new TreeMap<>();
        String module = "";
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith(" ")) {
                types.computeIfAbsent(module, name -> new TreeSet<>()).add(line.strip());
            } else {
                module = line;
            }
        }
        return types;
    }

    /** Those of the package {@code backend} are for backends: the runtime's service-provider interface. */
    @Test
    void theApiOfTheRuntimeStaysSmall() {
        List<String> api = ACTUAL.get("runtime/core").stream()
                .filter(type -> !type.startsWith("dev.lossforge.runtime.backend."))
                .toList();
        assertThat(api).hasSizeLessThan(80);
    }
}
