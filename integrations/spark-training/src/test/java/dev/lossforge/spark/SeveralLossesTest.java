package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two losses, of which each leaves out other rows, or weights them otherwise: each has a divisor of its own. */
class SeveralLossesTest {
    private static final Points POINTS = Points.random(160);
    private static final FitOptions FIT = FitOptions.epochs(2).withBatchSize(16).inOrder();

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Cluster.session();
    }

    private static Model model() {
        var graph = Model.graph();
        var hidden = graph.input("features", 4).then(Dense.of(8, Activation.RELU));
        return graph.output("class", hidden.then(Dense.of(3)))
                .output("level", hidden.then(Dense.of(1)))
                .seed(3)
                .build();
    }

    private static CompileOptions compile(Reduction reduction) {
        return CompileOptions.of(
                        Sgd.of(reduction == Reduction.SUM ? 0.005 : 0.1),
                        LossTerm.of(new SoftmaxCrossEntropyLoss())
                                .named("classes")
                                .from("logits", "class")
                                .from("label", "label"),
                        LossTerm.of(new HalfSquaredErrorLoss())
                                .named("levels")
                                .from("p", "level")
                                .from("y", "weight")
                                .weighted(0.5))
                .withReduction(reduction)
                .withThreads(1);
    }

    /**
     * The labels 1 are left out, and of the levels those that are 0; a third of the labels and a fifth of the levels.
     */
    private static Dataset onOneMachine() {
        Tensor weights = Objects.requireNonNull(POINTS.weighted().weights());
        Dataset points = POINTS.unweighted();
        return Dataset.ofInputs("features", points.inputs())
                .andTargets("label", points.targets())
                .andTargets("weight", weights.reshape(weights.size(), 1))
                .ignoring("label", 1)
                .withWeights("label", weights)
                .withMask("weight", weights);
    }

    /** 20 steps move weights by 0.1 and more; with one divisor for both losses, half of it would be wrong. */
    @ParameterizedTest
    @EnumSource(names = {"MEAN", "WEIGHTED_MEAN", "SUM"})
    void trainAsOnOneMachine(Reduction reduction) {
        SparkTrainer trainer = SparkTrainer.of(2)
                .withStepsPerJob(13)
                .ignoring("label", 1)
                .withWeights("label", "weight")
                .withMask("weight", "weight");
        CompileOptions compile = compile(reduction);
        try (Model two = model();
                Model one = model()) {
            TrainingReport report = trainer.fit(two, compile, POINTS.rows(spark), FIT);
            one.compile(compile.withBackend("cpu"));
            var history = one.fit(onOneMachine(), FIT);
            Map<String, Tensor> expected = one.parameters();
            two.parameters()
                    .forEach((name, values) -> assertThat(values.array())
                            .as(name)
                            .containsExactly(expected.get(name).array(), within(1e-5f)));
            assertThat(report.history().last().loss()).isCloseTo(history.last().loss(), within(1e-5));
            for (String loss : Arrays.asList("classes", "levels")) {
                assertThat(report.history().last().scores().part(loss))
                        .isCloseTo(history.last().scores().part(loss), within(1e-5));
            }
        }
    }
}
