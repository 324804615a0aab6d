package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.form.LossForm;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.UnitLoss;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses come back from their forms: as objects, as text, and by Java's serialisation. */
class LossFormTest {

    static Stream<LossFunction> losses() {
        return Stream.of(
                new HalfSquaredErrorLoss(),
                new HuberLoss(1e-7f),
                new PoissonLogLoss(1),
                new PoissonLoss(1e30f, 0),
                new WeightedFocalLoss(new float[] {0.5f, 3, 1e-8f}, 2),
                new UncertaintyWeightingLoss(new float[] {-1.5f}));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void comeBack(LossFunction loss) throws IOException, ClassNotFoundException {
        LossForm form = LossForm.of(loss);
        assertSame(form.toLoss(), loss);
        assertSame(LossForm.parse(form.text()).toLoss(), loss);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(form);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertSame(((LossForm) in.readObject()).toLoss(), loss);
        }
    }

    private static void assertSame(LossFunction actual, LossFunction expected) {
        assertThat(actual.getClass()).isEqualTo(expected.getClass());
        assertThat(actual.description()).isEqualTo(expected.description());
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> LossForm.parse("Huber"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "'Huber' is not a loss class with its hyperparameters, such as com.example.HuberLoss(0.5).");
        assertThatThrownBy(LossForm.parse("com.example.AbsentLoss(1)")::toLoss)
                .hasMessage("The loss class com.example.AbsentLoss is not on the class path of this machine; add the"
                        + " jar that has it.");
        assertThatThrownBy(LossForm.parse("java.lang.Thread()")::toLoss)
                .hasMessage("The class java.lang.Thread is not a generated loss.");
        assertThatThrownBy(LossForm.parse(HuberLoss.class.getName() + "(1.0, 2.0)")::toLoss)
                .hasMessageContaining("does not accept the hyperparameters");
        assertThatThrownBy(LossForm.parse(HuberLoss.class.getName() + "(-1.0)")::toLoss)
                .isInstanceOf(ConfigurationException.class);
    }

    /** Its state is its own. */
    private static final class ByHand implements UnitLoss {
        @Override
        public LossSignature signature() {
            return LossSignature.of("byHand", Scope.ELEMENT, LossSignature.Input.prediction("p", 0));
        }

        @Override
        public float evaluate(Unit unit) {
            return unit.value(0);
        }
    }

    @Test
    void refusesALossByHandThatIsNotSerializable() {
        assertThatThrownBy(() -> LossForm.of(new ByHand()))
                .hasMessage("The loss byHand(p) cannot be sent or saved, because its class " + ByHand.class.getName()
                        + " is not serializable; let it implement java.io.Serializable.");
    }
}
