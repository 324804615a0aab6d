package dev.lossforge.processor.frontend;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The meaning of names in a whole source file: its imports, its package and {@code java.lang}. */
final class UnitNames {

    private static final String ALL = "*";

    private final Elements elements;
    private final Members members;
    private final @Nullable ModuleElement module;
    private final String packagePrefix;
    private final List<Import> imports;

    /** {@code import [static] home.name}; the name is {@code *} for an import on demand. */
    private record Import(boolean isStatic, String home, String name) {}

    UnitNames(Elements elements, Members members, @Nullable ModuleElement module, CompilationUnitTree unit) {
        this.elements = elements;
        this.members = members;
        this.module = module;
        ExpressionTree packageName = unit.getPackageName();
        this.packagePrefix = packageName == null ? "" : packageName + ".";
        this.imports = unit.getImports().stream().flatMap(UnitNames::read).toList();
    }

    private static Stream<Import> read(ImportTree tree) {
        return tree.getQualifiedIdentifier() instanceof MemberSelectTree select
                ? Stream.of(new Import(
                        tree.isStatic(),
                        select.getExpression().toString(),
                        select.getIdentifier().toString()))
                : Stream.empty();
    }

    /** The class of a simple name: imported by its name, of the package, or imported on demand. */
    Optional<TypeElement> type(String name) {
        return imported(name, name)
                .or(() -> canonical(packagePrefix + name))
                .or(() -> imported(ALL, name))
                .or(() -> canonical("java.lang." + name));
    }

    /** A class by its full name. */
    Optional<TypeElement> canonical(String name) {
        return Optional.ofNullable(
                module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name));
    }

    /** The classes whose static members of this name are imported: by name or, failing that, by wildcard. */
    List<TypeElement> staticHomes(String name, Predicate<TypeElement> has) {
        List<TypeElement> named = staticHomesOf(name).stream().filter(has).toList();
        return named.isEmpty() ? staticHomesOf(ALL).stream().filter(has).toList() : named;
    }

    private List<TypeElement> staticHomesOf(String imported) {
        List<TypeElement> homes = new ArrayList<>();
        for (Import i : imports) {
            if (i.isStatic() && i.name().equals(imported)) {
                canonical(i.home()).filter(h -> !homes.contains(h)).ifPresent(homes::add);
            }
        }
        return homes;
    }

    /** The class to which an import of this form gives a name. */
    private Optional<TypeElement> imported(String form, String name) {
        return imports.stream()
                .filter(i -> i.name().equals(form))
                .flatMap(i -> i.isStatic()
                        ? canonical(i.home()).flatMap(home -> members.memberType(home, name)).stream()
                        : canonical(i.home() + "." + name).stream())
                .findFirst();
    }
}
