package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;

/**
 * Losses of generative adversarial networks, in pairs. The discriminator (or critic) scores real and generated samples:
 * {@code real} and {@code fake} are its raw scores (logits), one pair per element. The generator sees {@code fake}
 * alone. Each network minimises its own loss. A discriminator whose loss is a sum over both reports the terms as the
 * parts {@code real} and {@code fake}. A critic reports the mean scores.
 */
public final class AdversarialLosses {

    private AdversarialLosses() {}

    /**
     * {@code −log σ(real) − log(1 − σ(fake))}, in nats: the discriminator of both the minimax and the non-saturating
     * game.
     *
     * <p>I. Goodfellow et al., "Generative Adversarial Nets", NeurIPS 2014, eq. 1.
     */
    @Loss
    static float minimaxDiscriminator(@Prediction float real, @Prediction float fake) {
        return part("real", softplus(-real)) + part("fake", softplus(fake));
    }

    /**
     * {@code log(1 − σ(fake))}, in nats. Its gradient vanishes while the discriminator wins, and it falls without
     * bound.
     */
    @Loss
    static float minimaxGenerator(@Prediction float fake) {
        return -softplus(fake);
    }

    /**
     * {@code −log σ(fake)}, in nats: the generator loss used in practice. Its gradient is strong while the generator
     * loses.
     */
    @Loss
    static float nonSaturatingGenerator(@Prediction float fake) {
        return softplus(-fake);
    }

    /**
     * {@code ½ (real − 1)² + ½ fake²}.
     *
     * <p>X. Mao et al., "Least Squares Generative Adversarial Networks", ICCV 2017, eq. 9.
     */
    @Loss
    static float leastSquaresDiscriminator(@Prediction float real, @Prediction float fake) {
        return part("real", 0.5f * square(real - 1f)) + part("fake", 0.5f * square(fake));
    }

    /** {@code ½ (fake − 1)²}. */
    @Loss
    static float leastSquaresGenerator(@Prediction float fake) {
        return 0.5f * square(fake - 1f);
    }

    /**
     * {@code max(0, 1 − real) + max(0, 1 + fake)}. Gradient 0 at the kinks.
     *
     * <p>J. H. Lim, J. C. Ye, "Geometric GAN", 2017, section 3.
     */
    @Loss
    static float hingeDiscriminator(@Prediction float real, @Prediction float fake) {
        return part("real", max(0f, 1f - real)) + part("fake", max(0f, 1f + fake));
    }

    /** {@code −fake}. */
    @Loss
    static float hingeGenerator(@Prediction float fake) {
        return -fake;
    }

    /**
     * {@code fake − real}; the critic must be kept 1-Lipschitz by other means.
     *
     * <p>M. Arjovsky et al., "Wasserstein GAN", ICML 2017, eq. 2.
     */
    @Loss
    static float wassersteinCritic(@Prediction float real, @Prediction float fake) {
        return part("fake", fake) - part("real", real);
    }

    /** {@code −fake}. */
    @Loss
    static float wassersteinGenerator(@Prediction float fake) {
        return -fake;
    }

    /**
     * {@code −log σ(real − fake)}: a real sample should score higher than the fake one it is paired with. Nats.
     *
     * <p>A. Jolicoeur-Martineau, "The relativistic discriminator", ICLR 2019, eq. 4.1.
     */
    @Loss
    static float relativisticDiscriminator(@Prediction float real, @Prediction float fake) {
        return softplus(fake - real);
    }

    /** {@code −log σ(fake − real)}; the generator uses the gradient with respect to {@code fake}. Nats. */
    @Loss
    static float relativisticGenerator(@Prediction float real, @Prediction float fake) {
        return softplus(real - fake);
    }

    /**
     * {@code −mean log σ(real − mean fake) − mean log(1 − σ(fake − mean real))} over the batch: real samples should
     * score higher than fake ones on average. Scores are {@code [samples, 1]}, or {@code [samples, patches]}, which are
     * averaged over the patches as well. Nats.
     *
     * <p>A. Jolicoeur-Martineau, "The relativistic discriminator", ICLR 2019, section 4.2.
     */
    @Loss
    static float relativisticAverageDiscriminator(@Prediction float[][] real, @Prediction float[][] fake) {
        return shortfall(real, fake);
    }

    /** The same with the roles of real and fake exchanged. Nats. */
    @Loss
    static float relativisticAverageGenerator(@Prediction float[][] real, @Prediction float[][] fake) {
        return shortfall(fake, real);
    }

    /**
     * How far {@code above} is from scoring higher than the average of {@code below}, plus the same with the roles
     * swapped.
     */
    private static float shortfall(float[][] above, float[][] below) {
        float averageAbove = mean(above.length, i -> mean(above[i]));
        float averageBelow = mean(below.length, i -> mean(below[i]));
        return mean(above.length, i -> mean(above[i].length, j -> softplus(averageBelow - above[i][j])))
                + mean(below.length, i -> mean(below[i].length, j -> softplus(below[i][j] - averageAbove)));
    }
}
