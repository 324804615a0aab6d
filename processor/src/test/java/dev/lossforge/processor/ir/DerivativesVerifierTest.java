package dev.lossforge.processor.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.testing.SourceReading;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivativesVerifierTest {

    private static final Formula FORMULA = SourceReading.ofMembers(
                    "@Loss static float f(@Prediction float[] p, @Target float[] y) {"
                            + " return sum(p.length, i -> square(p[i] - y[i])); }")
            .formula();

    private static final Derivatives DERIVATIVES = ReverseMode.differentiate(FORMULA);

    private static final Input P = FORMULA.inputs().getFirst();

    private static final Input Y = FORMULA.inputs().getLast();

    private static final Exprs EXPRS = FORMULA.exprs();

    @Test
    void acceptsWhatDifferentiationMakes() {
        assertThat(DerivativesVerifier.verified(DERIVATIVES)).isSameAs(DERIVATIVES);
        assertThat(DerivativesVerifier.verified(FORMULA)).isSameAs(FORMULA);
    }

    @Test
    void refusesAFreeIndex() {
        Expr body = ((Expr.Reduce) FORMULA.value()).body();
        refuses(FORMULA.withValue(body), "an index or a state is free in '(p[i] − y[i])²'");
    }

    @Test
    void refusesAnInputOfAnotherFormula() {
        Input foreign = Input.of(0, "foreign", Role.PREDICTION, Type.FLOAT, 0);
        refuses(FORMULA.withValue(EXPRS.load(foreign, List.of())), "'foreign' is not an input of the formula");
    }

    @Test
    void refusesALocal() {
        refuses(FORMULA.withValue(EXPRS.local("x", Type.FLOAT)), "local 'x' before lowering");
    }

    @Test
    void refusesADerivativeOfATarget() {
        refuses(new Contribution(Y, List.of(EXPRS.constant(0)), EXPRS.constant(1.0)), "the constant 'y'");
    }

    @Test
    void refusesADerivativeWithoutItsIndex() {
        refuses(new Contribution(P, List.of(), EXPRS.constant(1.0)), "'p' has 1 axes, but an entry at []");
    }

    @Test
    void refusesADerivativeThatIsNotANumber() {
        refuses(new Contribution(P, List.of(EXPRS.constant(0)), EXPRS.constant(1)), "'p' is INT");
    }

    private static void refuses(Contribution contribution, String message) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(
                        () -> DerivativesVerifier.verified(new Derivatives(FORMULA, List.of(contribution), List.of())))
                .withMessageContaining(message);
    }

    private static void refuses(Formula formula, String message) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> DerivativesVerifier.verified(formula))
                .withMessageContaining(message);
    }
}
