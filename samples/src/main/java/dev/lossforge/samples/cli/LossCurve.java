package dev.lossforge.samples.cli;

import dev.lossforge.runtime.model.Callback;
import dev.lossforge.runtime.model.Evaluation;
import dev.lossforge.runtime.model.TrainingControl;
import dev.lossforge.runtime.model.TrainingEvent.StepEnd;
import dev.lossforge.runtime.model.TrainingEvent.TrainBegin;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Remembers the loss during a training, averaged over short stretches of steps, and draws it with the accuracy. */
final class LossCurve implements Callback {
    private static final int POINTS_PER_EPOCH = 50;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private final List<Double> times = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private int stepsPerEpoch;
    private double sum;
    private int steps;

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        stepsPerEpoch = event.stepsPerEpoch();
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        sum += event.batchLoss();
        steps++;
        if (steps >= Math.max(1, stepsPerEpoch / POINTS_PER_EPOCH)) {
            times.add(event.epoch() - 1 + (double) event.step() / stepsPerEpoch);
            losses.add(sum / steps);
            sum = 0;
            steps = 0;
        }
    }

    /** The loss on the left, the accuracy on the right; both with the test set's value at the end. */
    BufferedImage chart(List<RunRecord.Epoch> epochs, Evaluation test) {
        double end = epochs.size();
        XYChart loss = axes("loss (nats)");
        loss.addSeries("training", times, losses).setMarker(SeriesMarkers.NONE);
        loss.addSeries("test", new double[] {end}, new double[] {test.loss()});
        XYChart accuracy = axes("accuracy");
        double[] numbers =
                IntStream.rangeClosed(1, epochs.size()).asDoubleStream().toArray();
        accuracy.addSeries(
                "training",
                numbers,
                epochs.stream().mapToDouble(RunRecord.Epoch::accuracy).toArray());
        accuracy.addSeries("test", new double[] {end}, new double[] {test.accuracy()});
        return sideBySide(loss, accuracy);
    }

    private static XYChart axes(String quantity) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("epoch")
                .yAxisTitle(quantity)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0);
        styler.setXAxisDecimalPattern("0.#");
        styler.setYAxisDecimalPattern("0.000");
        styler.setLegendPosition(LegendPosition.InsideN);
        styler.setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    private static BufferedImage sideBySide(XYChart left, XYChart right) {
        BufferedImage image = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.drawImage(BitmapEncoder.getBufferedImage(left), 0, 0, null);
        graphics.drawImage(BitmapEncoder.getBufferedImage(right), WIDTH, 0, null);
        graphics.dispose();
        return image;
    }
}
