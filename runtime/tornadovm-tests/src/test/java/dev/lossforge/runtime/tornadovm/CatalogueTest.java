package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every loss of the catalogue that has kernels for devices computes there what it does on the JVM, whose kernels are
 * compared with the interpreter of the formulas elsewhere.
 */
class CatalogueTest {
    /** Of float32 sums and of functions that are good to some ulp. */
    private static final double TOLERANCE = 5e-6;

    /**
     * Around one work-group, and one work-group of four elements each; the greatest first, so that one plan takes all.
     */
    private static final int[] ELEMENTS = {5000, 1025, 1024, 1023, 257, 256, 255, 1};

    private static final int[] ROWS = {300, 129, 128, 127, 1};

    private static final int UNWEIGHTED = 33;
    private static final int COLUMNS = 7;
    private static final int MANY_COLUMNS = 1000;

    @TestFactory
    Stream<DynamicTest> everyLoss() throws Exception {
        return Catalogue.losses().stream()
                .filter(CatalogueTest::hasKernels)
                .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> compare(type)));
    }

    /** Those over the whole batch have none, nor those with trainable hyperparameters or memory between loops. */
    @Test
    void fewLossesLackKernels() throws Exception {
        assertThat(Catalogue.losses()).hasSizeGreaterThan(100);
        assertThat(Catalogue.losses().stream()
                        .filter(type -> !hasKernels(type))
                        .map(type -> Catalogue.create(type, COLUMNS))
                        .filter(loss -> loss.signature().scope() != Scope.BATCH)
                        .map(Loss::name))
                .containsExactlyInAnyOrder("generalRobust", "mixtureDensity", "sparsemax", "uncertaintyWeighting");
    }

    /** Weighted batches first: the plan for them takes the others too, and making plans is what takes the time. */
    private static void compare(Class<? extends Loss> type) {
        SplittableRandom random = new SplittableRandom(1);
        Loss loss = Catalogue.create(type, COLUMNS);
        boolean elements = loss.signature().scope() == Scope.ELEMENT;
        try (LossComparison comparison = new LossComparison(new LossCase(loss, TOLERANCE))) {
            for (int units : elements ? ELEMENTS : ROWS) {
                comparison.compare(inputs(loss, units, COLUMNS, random).withWeights(weights(units, random)));
            }
            comparison.compare(inputs(loss, UNWEIGHTED, COLUMNS, random));
        }
        if (!elements) {
            compare(Catalogue.create(type, 1), UNWEIGHTED, 1, random);
            // Pairs add up terms that cancel: LongSumTest.
            int many = loss.name().startsWith("pairwise") ? 100 : MANY_COLUMNS;
            compare(Catalogue.create(type, many), 9, many, random);
        }
    }

    private static void compare(Loss loss, int units, int columns, SplittableRandom random) {
        LossComparison.compare(new LossCase(loss, TOLERANCE), inputs(loss, units, columns, random));
    }

    /** Numbers that are logits, distances, probabilities and relevances alike, but for logarithms of probabilities. */
    private static LossInputs inputs(Loss loss, int units, int columns, SplittableRandom random) {
        boolean logarithms = loss.signature().inputs().getFirst().name().equals("logp");
        return LossComparison.random(loss, units, columns, logarithms ? -3 : 0.05, logarithms ? -0.05 : 0.95, random);
    }

    private static Tensor weights(int units, SplittableRandom random) {
        Tensor weights = Tensor.zeros(units);
        for (int i = 0; i < units; i++) {
            weights.array()[i] = random.nextInt(3);
        }
        return weights;
    }

    private static boolean hasKernels(Class<? extends Loss> type) {
        try {
            GeneratedKernels.of(Catalogue.create(type, COLUMNS));
            return true;
        } catch (BackendException e) {
            return false;
        }
    }
}
