/**
 * Models in the style of Keras: build a {@link dev.lossforge.runtime.model.Sequential} model from layers, compile it
 * for an optimizer and a loss, fit it to a dataset, evaluate it, and predict with it.
 *
 * <pre>{@code
 * Sequential model = Sequential.builder()
 *     .input(28, 28, 1)
 *     .add(Conv2D.of(32, 3, Activation.RELU))
 *     .add(MaxPool2D.of(2))
 *     .add(Flatten.of())
 *     .add(Dense.of(10))
 *     .seed(1)
 *     .build();
 * model.compile(Adam.of(), new SoftmaxCrossEntropyLoss(), Metrics.accuracy());
 * History history = model.fit(training, FitOptions.epochs(5).withBatchSize(32));
 * Evaluation test = model.evaluate(testing);
 * }</pre>
 *
 * <p>A {@link dev.lossforge.runtime.model.ModelGraph} builds models with branches, joins, shared layers, and several
 * inputs and outputs. {@link dev.lossforge.runtime.model.Models} reads a saved model, and a
 * {@link dev.lossforge.runtime.model.Predictor} serves one to many threads.
 *
 * <p>The same model, data, seed, thread count and backend on the same machine give bit-identical weights and histories,
 * except for times.
 */
@NullMarked
package dev.lossforge.runtime.model;

import org.jspecify.annotations.NullMarked;
