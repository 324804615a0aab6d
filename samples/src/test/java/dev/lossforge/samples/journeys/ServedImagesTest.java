package dev.lossforge.samples.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.ImageFolder;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.model.Predictor;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in folders become a network, the network a file, and the file serves eight threads. */
@Tag("training")
class ServedImagesTest {
    private static final int THREADS = 8;

    /** How long the threads are served; {@code -Dlossforge.serve.seconds=60} serves them longer. */
    private static final int SECONDS = Integer.getInteger("lossforge.serve.seconds", 10);

    private static final int IMAGES = 120;
    private static final int SIDE = 24;

    @TempDir
    private Path folder;

    /** What the pictures show. */
    private enum Shape {
        CROSS,
        DISC,
        FRAME;

        void draw(Graphics2D graphics, int x, int y, int size) {
            switch (this) {
                case CROSS -> {
                    graphics.drawLine(x, y, x + size, y + size);
                    graphics.drawLine(x, y + size, x + size, y);
                }
                case DISC -> graphics.fillOval(x, y, size, size);
                case FRAME -> graphics.drawRect(x, y, size, size);
            }
        }
    }

    private Path drawn() throws IOException {
        Path pictures = folder.resolve("pictures");
        Random random = new Random(1);
        for (Shape shape : Shape.values()) {
            Path ofClass = Files.createDirectories(pictures.resolve(shape.name().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < IMAGES; i++) {
                ImageIO.write(
                        picture(shape, random),
                        "png",
                        ofClass.resolve(i + ".png").toFile());
            }
        }
        return pictures;
    }

    /** The shape in some size, place and colour on a darker ground. */
    private static BufferedImage picture(Shape shape, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(color(random, 0));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(color(random, 155));
        graphics.setStroke(new BasicStroke(2));
        int size = 9 + random.nextInt(8);
        shape.draw(graphics, 2 + random.nextInt(SIDE - size - 4), 2 + random.nextInt(SIDE - size - 4), size);
        graphics.dispose();
        return image;
    }

    private static Color color(Random random, int min) {
        return new Color(min + random.nextInt(100), min + random.nextInt(100), min + random.nextInt(100));
    }

    private static Sequential network(int classes) {
        return Sequential.builder()
                .input(16, 16, 3)
                .add(Conv2D.of(8, 3))
                .add(BatchNorm.of())
                .add(ReLU.of())
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(16, 3, Activation.RELU))
                .add(Flatten.of())
                .add(Dense.of(classes))
                .seed(1)
                .build();
    }

    @Test
    void picturesBecomeAPredictorForManyThreads() throws IOException, InterruptedException, ExecutionException {
        ImageFolder pictures = ImageFolder.at(drawn()).scaledTo(16, 16);
        assertThat(pictures.classes()).containsExactly("cross", "disc", "frame");
        Dataset.Split data = pictures.dataset().split(0.25, 1);
        Path file = folder.resolve("shapes.safetensors");
        Tensor unseen = data.validation().inputs();
        Tensor expected;
        try (Sequential network = network(pictures.classes().size())) {
            network.compile(Adam.of(0.003), new SoftmaxCrossEntropyLoss(), Metrics.accuracy());
            network.fit(data.training(), FitOptions.epochs(12).withBatchSize(16));
            assertThat(network.evaluate(data.validation()).accuracy()).isGreaterThan(0.95);
            network.save(file, Map.of("classes", String.join(",", pictures.classes())));
            expected = network.predict(unseen);
        }
        assertThat(Models.notes(file)).containsEntry("classes", "cross,disc,frame");
        Predictor predictor = Models.predictor(file);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            List<Future<long[]>> served = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                served.add(threads.submit(() -> served(predictor, unseen, expected, random, end)));
            }
            List<long[]> durations = new ArrayList<>();
            for (Future<long[]> thread : served) {
                durations.add(thread.get());
                assertThat(durations.getLast()).isNotEmpty();
            }
            report(durations.stream().flatMapToLong(Arrays::stream).sorted().toArray());
        }
    }

    private static void report(long[] nanoseconds) {
        System.out.printf(
                Locale.ROOT,
                "Eight threads were served %d times in %d s, with no error: half within %.0f µs, 99 %% within %.0f µs.%n",
                nanoseconds.length,
                SECONDS,
                nanoseconds[nanoseconds.length / 2] / 1e3,
                nanoseconds[(int) (nanoseconds.length * 0.99)] / 1e3);
    }

    /** Asks again and again for some rows, one or several; says how long each answer took, in nanoseconds. */
    private static long[] served(Predictor predictor, Tensor images, Tensor expected, Random random, long end) {
        LongStream.Builder durations = LongStream.builder();
        while (System.nanoTime() < end) {
            int from = random.nextInt(images.samples());
            int to = Math.min(images.samples(), from + 1 + (random.nextBoolean() ? 0 : random.nextInt(40)));
            Tensor rows = images.rows(from, to);
            long begin = System.nanoTime();
            Tensor logits = predictor.predict(rows);
            durations.add(System.nanoTime() - begin);
            assertThat(logits.array()).isEqualTo(expected.rows(from, to).array());
        }
        return durations.build().toArray();
    }
}
