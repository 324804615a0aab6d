package dev.lossforge.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.within
import org.junit.jupiter.api.Test

/** A loss that Java declares is trained from Kotlin, and an outlier does not draw the line to itself. */
class LineTest {
    @Test
    fun `the line goes through the points and past the outlier`() {
        val xs = FloatArray(21) { 0.1f * it - 1 }
        val ys = FloatArray(21) { 2 * xs[it] + 1 }
        ys[20] = 30f
        val line = Line(xs, ys)
        assertThat(line.history.last().loss()).isLessThan(line.history.epochs().first().loss())
        assertThat(line[0f]).isCloseTo(1f, within(0.2f))
        assertThat(line[0.5f]).isCloseTo(2f, within(0.3f))
    }
}
