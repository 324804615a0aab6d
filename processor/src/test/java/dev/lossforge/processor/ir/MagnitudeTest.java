package dev.lossforge.processor.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MagnitudeTest {
    private final Exprs e = new Exprs();
    private final Expr share = load(0, "y", 0, 1);
    private final Expr any = load(1, "x", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private Expr load(int position, String name, double min, double max) {
        return e.load(
                new Input(position, name, Role.TARGET, Type.FLOAT, 0, Optional.empty(), min, max, false), List.of());
    }

    @Test
    void rangesBoundWhatIsMadeOfThem() {
        assertThat(Magnitude.of(share)).isEqualTo(1);
        assertThat(Magnitude.of(e.binary(BinaryOp.SUBTRACT, e.constant(1.0), share)))
                .isEqualTo(2);
        assertThat(Magnitude.of(e.binary(BinaryOp.MULTIPLY, e.constant(-3.0), e.unary(UnaryOp.SIGMOID, any))))
                .isEqualTo(3);
    }

    @Test
    void whatHasNoRangeIsNotBounded() {
        assertThat(Magnitude.of(any)).isInfinite();
        assertThat(Magnitude.of(e.binary(BinaryOp.MULTIPLY, share, any))).isInfinite();
        assertThat(Magnitude.of(e.binary(BinaryOp.DIVIDE, share, share))).isInfinite();
    }

    @Test
    void aLongChainIsNotFollowed() {
        Expr sum = share;
        for (int i = 0; i < 100; i++) {
            sum = e.binary(BinaryOp.ADD, sum, e.binary(BinaryOp.MULTIPLY, sum, share));
        }
        assertThat(Magnitude.of(sum)).isInfinite();
    }
}
