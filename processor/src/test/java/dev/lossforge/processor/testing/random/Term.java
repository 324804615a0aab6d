package dev.lossforge.processor.testing.random;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of Java whose parts can be exchanged for others of their kind: what random formulas are made of, and what
 * shrinking takes apart.
 *
 * @param text Java with one {@code %s} for each part; names that it declares are a letter and a number, such as
 *     {@code i3}, and no two declarations of a formula share one
 */
public record Term(Kind kind, String text, List<Term> parts) {

    /** What a piece of Java stands for. */
    public enum Kind {
        REAL,
        WHOLE,
        TRUTH,
        VECTOR,
        STATEMENTS
    }

    private static final Pattern NAME = Pattern.compile("\\b[it]\\d+\\b");
    private static final Pattern DECLARED = Pattern.compile("\\b([it]\\d+)(?= ->| = )");

    static Term of(Kind kind, String text, Term... parts) {
        return new Term(kind, text, List.of(parts));
    }

    static Term real(String text, Term... parts) {
        return of(Kind.REAL, text, parts);
    }

    static Term whole(String text, Term... parts) {
        return of(Kind.WHOLE, text, parts);
    }

    static Term truth(String text, Term... parts) {
        return of(Kind.TRUTH, text, parts);
    }

    static Term vector(String text, Term... parts) {
        return of(Kind.VECTOR, text, parts);
    }

    static Term statements(String text, Term... parts) {
        return of(Kind.STATEMENTS, text, parts);
    }

    /** The Java. */
    public String java() {
        return text.formatted(parts.stream().map(Term::java).toArray());
    }

    /** The number of terms in it. */
    int size() {
        return 1 + parts.stream().mapToInt(Term::size).sum();
    }

    /** Names of locals and indices that it uses and does not declare. */
    Set<String> free() {
        String java = java();
        Set<String> names = names(NAME, java);
        names.removeAll(names(DECLARED, java));
        return names;
    }

    /** This term where only some names are known: 0 stands for other indices, 1 for other locals. */
    Term closed(Set<String> known) {
        Set<String> unknown = free();
        unknown.removeAll(known);
        Term closed = this;
        for (String name : unknown) {
            closed = closed.with(name, name.startsWith("i") ? "0" : "1f");
        }
        return closed;
    }

    private Term with(String name, String value) {
        return new Term(
                kind,
                text.replaceAll("\\b" + name + "\\b", value),
                parts.stream().map(p -> p.with(name, value)).toList());
    }

    private static Set<String> names(Pattern pattern, String java) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(java);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** This term with another one in place of a part. */
    Term with(int part, Term replacement) {
        List<Term> changed = new ArrayList<>(parts);
        changed.set(part, replacement);
        return new Term(kind, text, changed);
    }
}
