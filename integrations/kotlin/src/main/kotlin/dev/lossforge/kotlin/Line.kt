package dev.lossforge.kotlin

import dev.lossforge.runtime.data.Dataset
import dev.lossforge.runtime.layer.Dense
import dev.lossforge.runtime.metric.History
import dev.lossforge.runtime.model.Predictor
import dev.lossforge.runtime.model.Sequential
import dev.lossforge.runtime.optimizer.Adam
import dev.lossforge.runtime.tensor.Tensor
import dev.lossforge.runtime.training.FitOptions

/** A straight line through points, found by gradient descent. */
class Line(xs: FloatArray, ys: FloatArray) {
    val history: History
    private val predictor: Predictor

    init {
        val model = Sequential.builder().input(1).add(Dense.of(1)).seed(1).build()
        model.use {
            it.compile(Adam.of(0.05), RobustLoss(0.5f))
            history = it.fit(
                Dataset.of(Tensor.over(xs, xs.size, 1), Tensor.over(ys, ys.size, 1)),
                FitOptions.epochs(200),
            )
            predictor = it.predictor()
        }
    }

    operator fun get(x: Float): Float = predictor.predict(Tensor.over(floatArrayOf(x), 1, 1)).array()[0]
}
