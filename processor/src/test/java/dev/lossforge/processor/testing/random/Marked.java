package dev.lossforge.processor.testing.random;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Marks parts in random formulas, where the language allows it. */
public final class Marked {

    private static final Pattern LAMBDA = Pattern.compile("\\bi\\d+ -> ");

    /** An entry of a vector, whose name counts as a real. */
    private static final String ENTRY = "%s[%s]";

    private final Dice dice;
    private final Pattern parameters;
    private int parts;

    private Marked(Dice dice, FormulaSource source) {
        this.dice = dice;
        this.parameters = Pattern.compile(
                source.parameters().stream().map(Parameter::name).collect(Collectors.joining("|", "\\b(", ")\\b")));
    }

    /** The same formula with some expressions marked, always the same ones. */
    public static FormulaSource of(FormulaSource source) {
        Dice dice = new Dice(new SplittableRandom(source.name().hashCode()));
        return source.withBody(new Marked(dice, source).mark(source.body()));
    }

    private Term mark(Term term) {
        boolean opaque = LAMBDA.matcher(term.text()).find() || term.text().equals(ENTRY);
        List<Term> inner =
                opaque ? term.parts() : term.parts().stream().map(this::mark).toList();
        Term marked = new Term(term.kind(), term.text(), inner);
        return term.kind() == Term.Kind.REAL && parameters.matcher(term.java()).find() && dice.chance(3)
                ? Term.real("part(\"part" + parts++ + "\", %s)", marked)
                : marked;
    }
}
