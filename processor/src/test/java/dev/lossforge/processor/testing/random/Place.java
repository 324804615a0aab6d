package dev.lossforge.processor.testing.random;

import java.util.ArrayList;
import java.util.List;

/**
 * What a random expression may use where it stands.
 *
 * @param rows indices below the number of rows
 * @param columns indices below the length of a row
 * @param inner those columns that have a successor
 * @param others indices of the other target
 * @param wholes further ints
 * @param reals locals
 * @param vectors locals as long as a row
 * @param nesting how many reductions stand around
 */
record Place(
        List<String> rows,
        List<String> columns,
        List<String> inner,
        List<String> others,
        List<String> wholes,
        List<String> reals,
        List<String> vectors,
        int nesting) {

    static final Place OUTERMOST =
            new Place(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0);

    Place withRow(String name) {
        return new Place(plus(rows, name), columns, inner, others, wholes, reals, vectors, nesting + 1);
    }

    Place withColumn(String name, boolean hasSuccessor) {
        List<String> before = hasSuccessor ? plus(inner, name) : inner;
        return new Place(rows, plus(columns, name), before, others, wholes, reals, vectors, nesting + 1);
    }

    Place withOther(String name) {
        return new Place(rows, columns, inner, plus(others, name), wholes, reals, vectors, nesting + 1);
    }

    Place withCount(String name) {
        return new Place(rows, columns, inner, others, plus(wholes, name), reals, vectors, nesting + 1);
    }

    Place withWhole(String name) {
        return new Place(rows, columns, inner, others, plus(wholes, name), reals, vectors, nesting);
    }

    Place withReal(String name) {
        return new Place(rows, columns, inner, others, wholes, plus(reals, name), vectors, nesting);
    }

    Place withVector(String name) {
        return new Place(rows, columns, inner, others, wholes, reals, plus(vectors, name), nesting);
    }

    private static List<String> plus(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }
}
