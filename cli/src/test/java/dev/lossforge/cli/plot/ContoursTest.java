package dev.lossforge.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Line2D;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of equal values. */
class ContoursTest {
    private static final int SIZE = 41;

    @Test
    void aCircleIsWhereTheDistanceIsItsRadius() {
        double[] values = new double[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.hypot(i % SIZE - 20, i / SIZE - 20);
        }
        double length = 0;
        List<Line2D> circle = Contours.at(15, values, SIZE);
        for (Line2D piece : circle) {
            assertThat(Math.hypot(piece.getX1() - 20, piece.getY1() - 20)).isCloseTo(15, within(0.02));
            assertThat(Math.hypot(piece.getX2() - 20, piece.getY2() - 20)).isCloseTo(15, within(0.02));
            length += piece.getP1().distance(piece.getP2());
        }
        assertThat(length).isCloseTo(2 * Math.PI * 15, within(0.3));
        assertThat(Contours.at(100, values, SIZE)).isEmpty();
    }

    @Test
    void nothingLiesBesideWhatIsNotFinite() {
        assertThat(Contours.at(0.5, new double[] {0, 1, Double.NaN, 1}, 2)).isEmpty();
        assertThat(Contours.at(0.5, new double[] {0, 1, 0, 1}, 2)).hasSize(1);
    }
}
