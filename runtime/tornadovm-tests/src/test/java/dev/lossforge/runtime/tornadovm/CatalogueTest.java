package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every second loss of the catalogue computes on a device what it does on the JVM, whose kernels are compared with the
 * interpreter of the formulas elsewhere. {@link CatalogueOtherHalfTest} does the others: a JVM for each, so that two
 * compile their kernels side by side.
 */
class CatalogueTest {
    /** Of float32 sums and of functions that are good to some ulp. */
    private static final double TOLERANCE = 5e-6;

    /**
     * Around one work-group, and one work-group of four elements each; the greatest first, so that one plan takes all.
     */
    private static final int[] ELEMENTS = {5000, 1025, 1024, 1023, 257, 256, 255, 1};

    private static final int[] ROWS = {300, 129, 128, 127, 1};
    /** Rows of a batch of which all pairs are taken; two lanes for each make a group. */
    private static final int[] BATCHES = {66, 65, 64, 63, 2, 1};

    /** {@code -Dlossforge.share=1/4} takes every fourth of them from the second on, for further JVMs. */
    private static final String[] SHARE =
            System.getProperty("lossforge.share", "0/1").split("/", -1);

    private static final Set<String> OF_UNIT_ROWS = Set.of("circle", "infoNce", "sigLip", "symmetricInfoNce");

    /**
     * Losses whose formula magnifies rounding at some inputs here, on the JVM as well. What differs there is held to
     * the bound of {@link ExactLoss} instead, which follows the rounding of each operation.
     */
    private static final Map<String, String> MAGNIFYING = Map.of(
            "studentT", "with 5e8 degrees of freedom, terms of 1600 cancel to 0.005",
            "symmetricInfoNce", "a similarity of 20 by a temperature of 0.07 gives logits of 2000");

    /** A step for each row or column, and a table of all of their pairs. */
    private static final Set<String> OF_PAIRS_OF_STEPS = Set.of(
            "conditionalRandomField", "connectionistTemporalClassification", "hiddenMarkov", "softDynamicTimeWarping");

    private static final int HALVES = 2;

    /** One loss in so many shows what holds for the kernels of all. */
    private static final int ONE_IN = 3;

    private static final boolean THOROUGH = Boolean.getBoolean("lossforge.thorough");

    private static final int UNWEIGHTED = 33;
    private static final int COLUMNS = 7;
    /** Enough terms that plain sums would show; see docs/decisions/0011. */
    private static final int MANY_COLUMNS = 1000;
    /** Two or three entries of a row for each of the 128 work-items that share it. */
    private static final int FEWER_COLUMNS = 300;

    /** Losses that take the cube of the number of columns: 1000 of them take a CPU device up to minutes. */
    private static final Set<String> OF_TRIPLES = Set.of("approxNdcg", "lambdaRank", "sparsemax");

    @TestFactory
    Stream<DynamicTest> everyLoss() throws Exception {
        List<Class<? extends LossFunction>> losses = Catalogue.losses();
        assertThat(losses).hasSizeGreaterThan(100);
        int shares = Integer.parseInt(SHARE[1]);
        int first = firstLoss() + HALVES * Integer.parseInt(SHARE[0]);
        return IntStream.iterate(first, i -> i < losses.size(), i -> i + HALVES * shares)
                .mapToObj(losses::get)
                .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> compare(type)));
    }

    int firstLoss() {
        return 0;
    }

    /** Weighted batches first: the plan for them takes the others too, and making plans is what takes the time. */
    private static void compare(Class<? extends LossFunction> type) {
        SplittableRandom random = new SplittableRandom(1);
        LossFunction loss = Catalogue.create(type, COLUMNS);
        try (LossComparison comparison = new LossComparison(of(loss))) {
            for (int units : sizes(loss)) {
                LossInputs inputs = inputs(loss, units, COLUMNS, random);
                boolean isOfBatch = loss.signature().scope() == Scope.BATCH;
                comparison.compare(isOfBatch ? inputs : inputs.withWeights(weights(units, random)));
            }
            LossInputs unweighted = inputs(loss, UNWEIGHTED, COLUMNS, random);
            comparison.compare(unweighted);
            if (loss.signature().hessian()) {
                comparison.compareFirstOrder(unweighted);
            }
            Extremes.compare(comparison, loss, COLUMNS, random);
        }
        for (int columns : columns(loss)) {
            if (columns != COLUMNS && isCompared(loss, columns)) {
                compare(Catalogue.create(type, columns), columns == 1 ? UNWEIGHTED : 9, columns, random);
            }
        }
    }

    /**
     * Only some losses are compared over other numbers of columns, because each takes a plan of its own and plans take
     * most of the time. Rows that work-items share have kernels of their own: with {@code -Dlossforge.thorough=true},
     * as continuous integration runs it, these are compared for all losses. All others run the same kernels again.
     */
    private static boolean isCompared(LossFunction loss, int columns) {
        boolean hasOwnKernels = loss.signature().scope() == Scope.SAMPLE && columns >= FEWER_COLUMNS;
        return THOROUGH && hasOwnKernels || Math.floorMod(loss.name().hashCode(), ONE_IN) == 0;
    }

    private static LossCase of(LossFunction loss) {
        return new LossCase(loss, TOLERANCE, MAGNIFYING.containsKey(loss.name()));
    }

    /** Rows of few columns, of one, and of so many that work-items share them. */
    static int[] columns(LossFunction loss) {
        boolean isOfBoxes = loss.name().endsWith("Iou"); // four numbers each, at least
        if (loss.signature().scope() == Scope.ELEMENT || isOfBoxes) {
            return new int[] {COLUMNS};
        }
        if (OF_PAIRS_OF_STEPS.contains(loss.name())) {
            return new int[] {COLUMNS, 1};
        }
        // Pairs add up terms that cancel: LongSumTest. So do sums of sums: of 1000 columns, terms of 250 to 0.1.
        boolean cancels = loss.name().startsWith("pairwise") || loss.name().equals("squaredEarthMovers");
        return new int[] {COLUMNS, 1, cancels || OF_TRIPLES.contains(loss.name()) ? FEWER_COLUMNS : MANY_COLUMNS};
    }

    /** But those for which the formula has no value: these are refused before anything reaches a device. */
    private static int[] sizes(LossFunction loss) {
        int[] sizes = switch (loss.signature().scope()) {
            case ELEMENT -> ELEMENTS;
            case SAMPLE -> ROWS;
            case BATCH -> BATCHES;
        };
        return IntStream.of(sizes)
                .filter(units -> !loss.signature().excludes(units))
                .toArray();
    }

    private static void compare(LossFunction loss, int units, int columns, SplittableRandom random) {
        LossComparison.compare(of(loss), inputs(loss, units, columns, random));
    }

    /** Numbers that are logits, distances, probabilities and relevances alike, but for those of narrower domains. */
    static LossInputs inputs(LossFunction loss, int units, int columns, SplittableRandom random) {
        if (loss.signature().inputs().getFirst().name().equals("logp")) {
            return LossComparison.random(loss, units, columns, -3, -0.05, random);
        }
        // Rows of length 1: ten times the dot product of 1000 numbers is not known to 1e-4 in float32.
        boolean isOfUnitRows = OF_UNIT_ROWS.contains(loss.name());
        double size = isOfUnitRows ? 1 / Math.sqrt(columns) : 1;
        return LossComparison.random(loss, units, columns, 0.05 * size, 0.95 * size, random);
    }

    private static Tensor weights(int units, SplittableRandom random) {
        Tensor weights = Tensor.zeros(units);
        for (int i = 0; i < units; i++) {
            weights.array()[i] = random.nextInt(3);
        }
        return weights;
    }
}
