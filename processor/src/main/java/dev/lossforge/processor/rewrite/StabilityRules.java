package dev.lossforge.processor.rewrite;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rules that keep a formula away from overflow, cancellation and {@code 0 · ∞}. Earlier rules go first: what an idiom
 * is known by comes before what any product, quotient or sum is.
 */
final class StabilityRules {

    static final List<Rule> ALL = Stream.of(
                    ChoiceRules.OF_LOGARITHMS,
                    NormalRules.ALL,
                    GammaRules.ALL,
                    OtherClasses.ALL,
                    List.of(SigmoidMeans.LOGARITHM),
                    LogarithmRules.ALL,
                    HyperbolicRules.ALL,
                    ExponentialRules.ALL,
                    List.of(SquaresOfExponentials.RULE),
                    CrossEntropies.ALL,
                    RootRules.ALL,
                    PowerRules.ALL,
                    List.of(SigmoidMeans.OPPOSITE),
                    DifferenceRules.ALL,
                    List.of(
                            PowerDivergences.RULE,
                            PowersOfShares.RULE,
                            RelativeEntropies.RULE,
                            SoftmaxEntropies.RULE,
                            EntropiesApart.RULE,
                            BernoulliEntropies.RULE,
                            LogisticErrors.VALUE,
                            LogsOfParts.RULE,
                            Shares.RULE,
                            Affinity.RULE),
                    MiddleEntropies.ALL,
                    TaylorRules.ALL,
                    RemovableRules.ALL,
                    ZeroProductRules.ALL,
                    ChoiceRules.OF_ALL)
            .flatMap(List::stream)
            .toList();

    private StabilityRules() {}
}
