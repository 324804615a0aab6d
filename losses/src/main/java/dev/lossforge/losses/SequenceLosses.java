package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.fold;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.scan;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Scope;
import dev.lossforge.dsl.Target;

/**
 * Losses of sequences, in which the value of a step depends on the steps before or after it. Value and gradients take
 * time linear in the number of steps. Losses over {@code [time, classes]} take a batch of sequences, {@code [samples,
 * time, classes]}, and the number of steps of each; the rest is padding.
 */
@SuppressWarnings("FormulaDevice") // scans run on the CPU
public final class SequenceLosses {

    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private SequenceLosses() {}

    /**
     * {@code −mean logProbability[t] · G[t]} with the return {@code G[t] = reward[t] + γ G[t + 1]}, over the steps of
     * one episode: actions followed by rewards become more likely. Padding after the end: reward and log-probability 0.
     *
     * <p>R. J. Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning",
     * Machine Learning 8, 1992.
     */
    @Loss
    static float discountedReturn(
            @Prediction float[] logProbability,
            @Target float[] reward,
            @Param(defaultValue = 0.99, min = 0, max = 1) float discount) {
        int n = reward.length;
        float[] returns = scan(n, 0f, (i, later) -> reward[n - 1 - i] + discount * later);
        return -mean(n, t -> logProbability[t] * returns[n - 1 - t]);
    }

    /**
     * V-trace, for one trajectory of an actor whose policy lags behind: policy gradient plus {@code weight} times the
     * squared error of the values, whose targets are {@code v[t] = V[t] + δ[t] + γ c[t] (v[t + 1] − V[t + 1])}.
     * {@code behaviour} holds the actor's log-probabilities of the actions taken, {@code bootstrap} the value after the
     * last step.
     *
     * <p>L. Espeholt et al., "IMPALA", ICML 2018, section 4.1, with ρ̄ and c̄.
     *
     * @param detach 1 treats targets and weights as constants, like the paper; 0 differentiates them as well
     */
    @Loss
    static float vTrace(
            @Prediction float[] logProbability,
            @Prediction float[] value,
            @Target float[] behaviour,
            @Target float[] reward,
            @Target float bootstrap,
            @Param(defaultValue = 0.99, min = 0, max = 1) float discount,
            @Param(defaultValue = 1, min = 0) float greatestRho,
            @Param(defaultValue = 1, min = 0) float greatestC,
            @Param(defaultValue = 0.5, min = 0) float weight,
            @Param(defaultValue = 1, min = 0, max = 1) int detach) {
        int n = reward.length;
        float[] v = vector(n, t -> detach == 1 ? stopGradient(value[t]) : value[t]);
        float[] now = vector(n, t -> detach == 1 ? stopGradient(logProbability[t]) : logProbability[t]);
        float[] ratio = vector(n, t -> exp(now[t] - behaviour[t]));
        float[] excess = scan(n, 0f, (i, later) -> {
            int t = n - 1 - i;
            float following = i == 0 ? bootstrap : v[t + 1];
            float error = min(ratio[t], greatestRho) * (reward[t] + discount * following - v[t]);
            return error + discount * min(ratio[t], greatestC) * later;
        });
        float[] target = vector(n + 1, t -> t == n ? bootstrap : v[t] + excess[n - 1 - t]);
        float policy = -mean(
                n, t -> min(ratio[t], greatestRho) * (reward[t] + discount * target[t + 1] - v[t]) * logProbability[t]);
        float values = mean(n, t -> 0.5f * square(target[t] - value[t]));
        return part("policy", policy) + weight * part("values", values);
    }

    /**
     * {@code −log p(x)} of a hidden Markov model, in nats, by the forward algorithm. {@code emission [time, states]}
     * are the log-densities of the observation at each time in each state; {@code transition [states · states]}, from
     * row to column, and {@code initial [states]} are logits.
     *
     * <p>L. R. Rabiner, "A tutorial on hidden Markov models", Proceedings of the IEEE 77, 1989, eq. 18 to 21.
     */
    @Loss(scope = Scope.SAMPLE)
    static float hiddenMarkov(
            @Prediction float[][] emission,
            @Target int steps,
            @Param(trainable = true) float[] transition,
            @Param(trainable = true) float[] initial) {
        int states = initial.length;
        float[] first = logSoftmax(initial);
        float[] normalizer = vector(states, k -> logSumExp(states, m -> transition[k * states + m]));
        float[] last = fold(
                emission.length,
                first,
                (t, before) -> vector(
                        states,
                        m -> t >= steps
                                ? before[m]
                                : emission[t][m]
                                        + (t == 0
                                                ? before[m]
                                                : logSumExp(
                                                        states,
                                                        k -> before[k] + transition[k * states + m] - normalizer[k]))));
        return -logSumExp(last);
    }

    /**
     * {@code log Z − score(tag)} of a linear-chain conditional random field, in nats: the score of a sequence of tags
     * is the sum of {@code logits [time, tags]} at them and of {@code transition [tags · tags]} from each to the next.
     *
     * <p>J. Lafferty et al., "Conditional random fields", ICML 2001.
     */
    @Loss(scope = Scope.SAMPLE)
    static float conditionalRandomField(
            @Prediction float[][] logits,
            @Target int[] tag,
            @Target int steps,
            @Param(trainable = true) float[] transition) {
        int tags = logits[0].length;
        float[] last = fold(
                logits.length,
                vector(tags, k -> 0f),
                (t, before) -> vector(
                        tags,
                        m -> t >= steps
                                ? before[m]
                                : logits[t][m]
                                        + (t == 0 ? 0f : logSumExp(tags, k -> before[k] + transition[k * tags + m]))));
        float score = sum(steps, t -> logits[t][tag[t]] + (t > 0 ? transition[tag[t - 1] * tags + tag[t]] : 0f));
        return logSumExp(last) - score;
    }

    /**
     * Soft dynamic time warping of two rows: the soft minimum, {@code −γ log Σ exp(−cost / γ)}, over all alignments of
     * their entries, of the sum of squared differences. As γ goes to 0, it tends to the cost of the best alignment.
     *
     * <p>M. Cuturi, M. Blondel, "Soft-DTW", ICML 2017, eq. 1 and algorithm 1.
     */
    @Loss
    static float softDynamicTimeWarping(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1, min = 1e-6) float gamma) {
        int n = y.length;
        float[] last = fold(p.length, vector(n + 1, j -> j == 0 ? 0f : NEVER), (i, above) -> {
            float[] row = scan(
                    n,
                    NEVER,
                    (j, left) -> logSumExp(3, k -> k == 0 ? left : k == 1 ? above[j + 1] : above[j])
                            - square(p[i] - y[j]) / gamma);
            return vector(n + 1, j -> j == 0 ? NEVER : row[j - 1]);
        });
        return -gamma * last[n];
    }

    /**
     * Connectionist temporal classification, in nats: {@code −log} of the probability that the first {@code frames}
     * rows of {@code logits [time, classes]}, each a class or the blank, read as the labels when repetitions are merged
     * and blanks are left out. Only the first {@code labels} entries of {@code label} count. +∞ if there are too few
     * frames.
     *
     * <p>A. Graves et al., "Connectionist temporal classification", ICML 2006, eq. 6 to 8.
     */
    @Loss(scope = Scope.SAMPLE)
    static float connectionistTemporalClassification(
            @Prediction float[][] logits,
            @Target int[] label,
            @Target int frames,
            @Target int labels,
            @Param(defaultValue = 0, min = 0) int blank) {
        int symbols = 2 * label.length + 1;
        float[] last = fold(
                logits.length,
                vector(symbols, s -> s == 0 ? 0f : NEVER),
                (t, before) -> vector(symbols, s -> {
                    boolean isLabel = s % 2 == 1;
                    int symbol = isLabel ? max(label[s / 2], 0) : blank;
                    boolean skips = isLabel && s > 1 && label[s / 2] != label[s / 2 - 1];
                    return t >= frames
                            ? before[s]
                            : logits[t][symbol]
                                    - logSumExp(logits[t])
                                    + logSumExp(
                                            3,
                                            k -> k == 0
                                                    ? before[s]
                                                    : k == 1 && s > 0
                                                            ? before[s - 1]
                                                            : k == 2 && skips ? before[s - 2] : NEVER);
                }));
        int end = 2 * labels;
        return -logSumExp(2, k -> k == 0 ? last[end] : end > 0 ? last[end - 1] : NEVER);
    }
}
