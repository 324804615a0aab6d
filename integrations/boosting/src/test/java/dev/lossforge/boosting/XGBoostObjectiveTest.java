package dev.lossforge.boosting;

import static dev.lossforge.boosting.XGBoostRuns.margins;
import static dev.lossforge.boosting.XGBoostRuns.parameters;
import static dev.lossforge.boosting.XGBoostRuns.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.PairwiseLogisticLoss;
import dev.lossforge.losses.PoissonLogLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.form.LossForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class XGBoostObjectiveTest {

    @Test
    void learnsSeveralClasses() throws XGBoostError {
        DMatrix data = Rows.of(800, 3).weightedMatrix();
        XGBoostObjective objective = XGBoostObjective.of(new SoftmaxCrossEntropyLoss());
        float[][] own = margins(data, Map.of("base_score", objective.baseScore(data, 3), "num_class", 3), objective);
        assertThat(own[0]).hasSize(3);
        assertThat(accuracy(own, data.getLabel())).isGreaterThan(0.8);
    }

    /** Without an objective of its own, XGBoost takes several classes for its softmax, and evaluates the best class. */
    @Test
    void evaluatesSeveralClasses() throws XGBoostError {
        DMatrix data = Rows.of(800, 3).weightedMatrix();
        ScoreLoss loss = ScoreLoss.of(new SoftmaxCrossEntropyLoss());
        XGBoostObjective objective = XGBoostObjective.of(loss);
        Map<String, Object> parameters = parameters(Map.of("num_class", 3));
        Map<String, DMatrix> watches = Map.of("training", data);
        assertThatThrownBy(() -> XGBoost.train(
                        data, parameters, 1, watches, new float[1][1], objective, XGBoostEvaluation.of(loss), 0))
                .hasMessageContaining("of row ")
                .hasMessageEndingWith("set num_class, and for a metric of XGBoost objective=reg:squarederror.");
        parameters.put("objective", "reg:squarederror");
        float[][] history = new float[1][10];
        Booster booster =
                XGBoost.train(data, parameters, 10, watches, history, objective, XGBoostEvaluation.of(loss), 0);
        float[][] margins = booster.predict(data, true);
        assertThat(booster.predict(data)).isEqualTo(margins);
        assertThat((double) history[0][9])
                .isCloseTo(
                        loss.value(
                                scores(margins),
                                BoostingRows.of(data.getLabel()).withWeights(data.getWeight())),
                        within(1e-6));
    }

    /** A negative count would otherwise just be learned. */
    @Test
    void refusesALabelOutsideItsRange() throws XGBoostError {
        DMatrix data = new DMatrix(new float[] {1, 2, 3}, 3, 1, Float.NaN);
        data.setLabel(new float[] {4, 0, -1});
        XGBoostObjective objective = XGBoostObjective.of(new PoissonLogLoss());
        assertThatThrownBy(() -> objective.baseScore(data))
                .hasMessageContaining("of row 3 (index 2) is -1.0, but the loss poissonLog")
                .hasMessageContaining("at least 0.0; to leave it out, give it the weight 0.");
        data.setWeight(new float[] {1, 1, 0});
        assertThat(objective.baseScore(data)).isNotEmpty();
    }

    private static double accuracy(float[][] margins, float[] labels) {
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            int best = 0;
            for (int j = 1; j < margins[row].length; j++) {
                best = margins[row][j] > margins[row][best] ? j : best;
            }
            right += best == labels[row] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** The metric is the loss of the watched rows, and training ends when it no longer falls. */
    @Test
    void stopsEarlyByTheLoss() throws XGBoostError {
        Rows rows = Rows.of(300, (score, random) -> score + random.nextGaussian());
        DMatrix all = rows.weightedMatrix();
        int[] first = new int[150];
        int[] second = new int[150];
        for (int i = 0; i < 150; i++) {
            first[i] = i;
            second[i] = 150 + i;
        }
        DMatrix training = all.slice(first);
        DMatrix validation = all.slice(second);
        ScoreLoss loss = ScoreLoss.of(new HuberLoss()).withMinCurvature(0.1);
        XGBoostObjective objective = XGBoostObjective.of(loss);
        float[][] history = new float[1][500];
        Map<String, DMatrix> watches = new LinkedHashMap<>(Map.of("validation", validation));
        Map<String, Object> parameters = parameters(Map.of("base_score", objective.baseScore(training)));
        Booster booster =
                XGBoost.train(training, parameters, 500, watches, history, objective, XGBoostEvaluation.of(loss), 5);
        assertThat(booster.getNumBoostedRound()).isBetween(6, 300);
        int rounds = booster.getNumBoostedRound();
        assertThat((double) history[0][rounds - 1])
                .isCloseTo(
                        loss.value(
                                scores(booster.predict(validation, true)),
                                BoostingRows.of(validation.getLabel()).withWeights(validation.getWeight())),
                        within(1e-6));
    }

    private static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    @Test
    void travelsAsClassAndHyperparameters() throws IOException, ClassNotFoundException, XGBoostError {
        DMatrix data = Rows.of(200, (score, random) -> score).matrix();
        XGBoostObjective objective = XGBoostObjective.of(
                ScoreLoss.of(new HuberLoss(0.5f), Curvature.ABSOLUTE_HESSIAN).withMinCurvature(0.25));
        byte[] bytes = written(objective);
        XGBoostObjective copy = (XGBoostObjective) read(bytes);
        assertThat(bytes).hasSizeLessThan(1000);
        assertThat(copy).hasToString("huber(p, y, delta) delta=[0.5] curvature=ABSOLUTE_HESSIAN");
        float[][] scores = new float[200][1];
        assertThat(copy.getGradient(scores, data).get(1))
                .isEqualTo(objective.getGradient(scores, data).get(1));
        assertThat(((XGBoostEvaluation) read(written(XGBoostEvaluation.of(objective.loss())))).eval(scores, data))
                .isEqualTo(XGBoostEvaluation.of(objective.loss()).eval(scores, data));
    }

    @Test
    void hasAFormAsText() {
        ScoreLoss loss = ScoreLoss.of(new QuantilesLoss(new float[] {0.1f, 0.5f}), Curvature.ONE)
                .withMinCurvature(0.25)
                .withCurvatureFactor(2);
        String text = "dev.lossforge.boosting.QuantilesLoss([0.1, 0.5]) ONE 0.25 2.0 false";
        assertThat(loss.text()).isEqualTo(text);
        assertThat(ScoreLoss.parse(text).text()).isEqualTo(text);
        ScoreLoss ofInts = ScoreLoss.of(new PoissonLogLoss(1));
        assertThat(ScoreLoss.parse(ofInts.text())).hasToString(ofInts.toString());
        ScoreLoss perGroup = ScoreLoss.of(new PairwiseLogisticLoss()).perGroup();
        assertThat(ScoreLoss.parse(perGroup.text())).hasToString(perGroup.toString());
        assertThatThrownBy(() -> loss.withFisher(scores -> scores).text())
                .hasMessageContaining("has Fisher information given as code");
        assertThatThrownBy(() -> ScoreLoss.parse("com.example.AbsentLoss() ONE 1.0 1.0 false"))
                .hasMessageContaining("com.example.AbsentLoss is not on the class path of this machine");
    }

    @Test
    void namesALossThatIsNotThere() {
        LossForm absent = new LossForm("com.example.AbsentLoss", List.of(1f));
        assertThatThrownBy(absent::toLoss)
                .hasMessage("The loss class com.example.AbsentLoss is not on the class path of this machine; add the"
                        + " jar that has it.");
        assertThatThrownBy(new LossForm("java.lang.Thread", List.of())::toLoss)
                .hasMessage("The class java.lang.Thread is not a generated loss.");
        assertThatThrownBy(new LossForm(HuberLoss.class.getName(), List.of(1f, 2f))::toLoss)
                .hasMessageContaining("does not accept the hyperparameters");
    }

    @Test
    void doesNotTravelWithData() {
        XGBoostObjective objective =
                XGBoostObjective.of(new HalfSquaredErrorLoss()).withTarget("y", new float[1]);
        assertThatThrownBy(() -> written(objective))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("The objective has the target y as an array of this machine's rows");
    }

    @Test
    void refusesTargetsOfAnotherLength() throws XGBoostError {
        DMatrix data = Rows.of(20, 2).matrix();
        XGBoostObjective objective =
                XGBoostObjective.of(new HalfSquaredErrorLoss()).withTarget("y", new float[19]);
        assertThatThrownBy(() -> objective.getGradient(new float[20][1], data))
                .isInstanceOf(DataException.class)
                .hasMessage("The target 'y' of the loss halfSquaredError(p, y) has 19 values, but 20 are needed for 20"
                        + " rows.");
    }
}
