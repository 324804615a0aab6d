package dev.lossforge.cli.catalogue;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** All losses and regularizers on a class path. Each module lists its own in a resource {@value #INDEX}. */
public final class LossCatalogue {
    private static final String FOLDER = "META-INF/lossforge/";
    private static final String INDEX = FOLDER + "index";
    private static final String SAMPLES = "dev.lossforge.samples.";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final ClassLoader loader;

    /** The formula names, by class name. */
    private final Map<String, String> formulas;

    private LossCatalogue(ClassLoader loader, Map<String, String> formulas) {
        this.loader = loader;
        this.formulas = formulas;
    }

    /** The losses that this class loader finds. */
    public static LossCatalogue of(ClassLoader loader) {
        Map<String, String> formulas = new TreeMap<>();
        try {
            for (URL index : Collections.list(loader.getResources(INDEX))) {
                read(index).lines().map(line -> line.split(" ", 2)).forEach(entry -> {
                    if (entry.length == 2) {
                        formulas.putIfAbsent(entry[0], entry[1]);
                    }
                });
            }
        } catch (IOException e) {
            throw new DataException("The list of losses cannot be read: " + FileProblem.of(e) + ".");
        }
        return new LossCatalogue(loader, formulas);
    }

    /** Whether the class path of this class loader, without its parents, has losses. */
    public static boolean isIn(URLClassLoader loader) {
        return loader.findResource(INDEX) != null;
    }

    private static String read(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false); // a cached jar stays open, and is stale after a rebuild
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The class loader of the losses. */
    public ClassLoader loader() {
        return loader;
    }

    /** The descriptions of all losses except those of the samples, in the order of their class names. */
    public List<LossDescription> all() {
        return formulas.keySet().stream()
                .filter(className -> !isOfSample(className))
                .map(className -> description(loader, className))
                .toList();
    }

    /** The formula names of {@link #all}. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        formulas.forEach((className, formula) -> {
            if (!isOfSample(className)) {
                names.add(formula);
            }
        });
        return names;
    }

    private static boolean isOfSample(String className) {
        return className.startsWith(SAMPLES);
    }

    /**
     * The loss of this name: a formula ({@code huber}), a class ({@code HuberLoss}), or a class with its package. If no
     * name matches exactly, letter case, hyphens and underscores are ignored. If a sample's loss and another one match,
     * the other one is returned.
     *
     * @throws ArgumentException if no loss has this name, or more than one
     */
    public LossDescription find(String name) {
        List<String> found = matches(name, false);
        if (found.isEmpty()) {
            found = matches(name, true);
        }
        if (found.isEmpty()) {
            throw new ArgumentException("There is no loss '" + name + "'" + Suggestions.didYouMean(name, allNames())
                    + "; 'lossforge losses' lists all");
        }
        if (found.size() > 1) {
            found = found.stream().filter(className -> !isOfSample(className)).toList();
        }
        if (found.size() > 1) {
            throw new ArgumentException(
                    "The name '" + name + "' may mean " + String.join(" or ", found) + "; give one with its package");
        }
        return description(loader, found.getFirst());
    }

    private List<String> matches(String name, boolean leniently) {
        String wanted = leniently ? letters(name) : name;
        List<String> matches = new ArrayList<>();
        formulas.forEach((className, formula) -> {
            boolean matching = names(className, formula).stream()
                    .anyMatch(known -> (leniently ? letters(known) : known).equals(wanted));
            if (matching) {
                matches.add(className);
            }
        });
        return matches;
    }

    private static List<String> names(String className, String formula) {
        return List.of(formula, simpleName(className), className);
    }

    private static String letters(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private Collection<String> allNames() {
        Collection<String> names = new TreeSet<>(formulas.values());
        formulas.keySet().forEach(className -> names.add(simpleName(className)));
        return names;
    }

    /** The description of a generated class; empty if it has none, or if the description cannot be read. */
    public static Optional<LossDescription> describe(Class<?> type) {
        try {
            return type.getClassLoader().getResource(resource(type.getName())) == null
                    ? Optional.empty()
                    : Optional.of(description(type.getClassLoader(), type.getName()));
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private static String resource(String className) {
        return FOLDER + className + ".json";
    }

    private static LossDescription description(ClassLoader loader, String className) {
        URL resource = loader.getResource(resource(className));
        if (resource == null) {
            throw new DataException(
                    "The class path lists the loss " + className + " but does not describe it; rebuild its module.");
        }
        try {
            LossDescription description = JSON.readValue(read(resource), LossDescription.class);
            if (className.equals(description.className())) {
                return description;
            }
            throw damaged(className, resource);
        } catch (IOException e) {
            throw new DataException("The description of " + className + " cannot be read: " + FileProblem.of(e) + ".");
        } catch (JacksonException e) {
            throw damaged(className, resource);
        }
    }

    private static DataException damaged(String className, URL resource) {
        return new DataException("The description of " + className + " at " + resource
                + " is damaged or of another version; rebuild its module.");
    }
}
