package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

public final class FormulaScan {

    @Loss
    static float ofLabel(@Prediction float[] p, @Target int n) {
        return fold(n, 0f, (i, s) -> 0.5f * s + p[i]);
    //             ^ error [FormulaScan] The number of steps of this scan, or the length of its state, is not known from the shapes of the inputs. Scan over the whole array and read the state that you need: scan(x.length, …)[n - 1].
    }

    @Loss
    static float growing(@Prediction float[] p) {
        float[] last = fold(p.length, new float[] {1f}, (i, s) -> vector(p.length, k -> s[0] * p[k]));
    //                                                                  ^ error [FormulaScan] This step turns a state of length 1 into one of length |p|. Start with a state as long as the following ones: the lengths must be the same expression.
        return sum(last);
    }

    @Loss(hessian = Hessian.DIAGONAL)
    static float curved(@Prediction float[] p) {
        return fold(p.length, 0f, (i, s) -> tanh(s + p[i]));
    //             ^ error [FormulaScan] A scan has no diagonal Hessian. Remove hessian = Hessian.DIAGONAL; the gradient remains available.
    }
}
