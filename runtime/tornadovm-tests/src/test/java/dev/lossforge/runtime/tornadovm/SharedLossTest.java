package dev.lossforge.runtime.tornadovm;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a formula needs several times compiles, and is what it is on the JVM. */
class SharedLossTest {

    static Stream<LossCase> products() {
        return Stream.of(
                new LossCase(new ExpectileLoss(0.3f), 1e-6),
                new LossCase(new WeighedSquareLoss(0.3f), 1e-6),
                new LossCase(new TargetSquareLoss(), 1e-6),
                new LossCase(new BothOrdersLoss(), 1e-6),
                new LossCase(new LikeProductsLoss(), 2e-6),
                new LossCase(new WeighedRowsLoss(0.7f), 2e-6),
                new LossCase(new WeighedColumnsLoss(), 2e-6));
    }

    static Stream<LossCase> batches() {
        return Stream.of(new LossCase(new ApartLoss(), 2e-6), new LossCase(new ChainLoss(), 2e-6));
    }

    @ParameterizedTest
    @MethodSource("products")
    void productsThatAreAddedToThemselves(LossCase c) {
        LossComparison.compare(c, LossComparison.random(c.loss(), 130, 5, -2, 2, new SplittableRandom(1)));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void valuesOfTheBatch(LossCase c) {
        SplittableRandom random = new SplittableRandom(2);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int rows : new int[] {33, 2, 1}) {
                comparison.compare(LossComparison.random(c.loss(), rows, 2, 0, 1, random));
            }
        }
    }
}
