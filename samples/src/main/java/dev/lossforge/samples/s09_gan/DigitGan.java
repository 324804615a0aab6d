package dev.lossforge.samples.s09_gan;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;

import dev.lossforge.digits.MnistData;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.PictureFile;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Two networks that learn from each other: one distinguishes digits from forgeries, and the other forges digits. Their
 * losses are two formulas, one of which has two predictions. The forgeries are drawn after every epoch.
 *
 * <p>I. Goodfellow et al., "Generative Adversarial Nets", NeurIPS 2014, with the generator's loss of section 3.
 */
public final class DigitGan implements Lesson {
    private static final int IMAGES = 10_000;
    private static final int EPOCHS = 16;
    private static final int BATCH = 64;

    /** {@code −log σ(real) − log(1 − σ(fake))}: small when real digits score high and forged ones low. */
    @Loss
    static float detective(@Prediction float real, @Prediction float fake) {
        return log(1 + exp(-real)) + log(1 + exp(fake));
    }

    /** {@code −log σ(fake)}: small when forged digits score high. */
    @Loss
    static float forger(@Prediction float fake) {
        return log(1 + exp(-fake));
    }

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String name() {
        return "digit-gan";
    }

    @Override
    public String summary() {
        return "a generative adversarial network: a loss of two predictions, frozen layers, generated digits";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        MnistData digits = context.digits().load(IMAGES);
        context.out()
                .printf(
                        "Learning to write from %d digits: %s.%n",
                        digits.train().count(), digits.description());
        try (Adversaries adversaries = new Adversaries(1)) {
            Tensor images = digits.train().toDataset().inputs();
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                Adversaries.Losses losses = adversaries.epoch(images, BATCH, new Random(epoch));
                Path picture = context.folder().resolve(String.format(Locale.ROOT, "digit-gan-%02d.png", epoch));
                PictureFile.write(picture, DigitGrid.png(adversaries.samples()));
                context.out()
                        .printf(
                                Locale.ROOT,
                                "  epoch %2d  detective %.3f  forger %.3f  drawn in %s%n",
                                epoch,
                                losses.detective(),
                                losses.forger(),
                                picture);
                context.out().flush();
            }
        }
    }
}
