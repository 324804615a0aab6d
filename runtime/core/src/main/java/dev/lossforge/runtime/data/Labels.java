package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Class labels, and the weights and masks that follow from them.
 *
 * @param classes the class of each sample, or of each of its values
 * @param counted 0 for the labels that are left out; null if there are none
 */
record Labels(IntTensor classes, @Nullable Tensor counted) {

    /**
     * The labels of a target, or of the only one.
     *
     * @throws DataException if the target is not of ints
     */
    static Labels of(Batch all, String target) {
        if (!(all.target(target) instanceof IntTensor labels)) {
            throw new DataException("Class indices are ints, but the targets are floats; use an IntTensor.");
        }
        return new Labels(labels, all.mask(target));
    }

    /** The labels of the only target, or of the first of several. */
    static Labels ofFirstTarget(Batch all) {
        all.targets();
        return of(all, all.namedTargets().firstEntry().getKey());
    }

    /**
     * The name of the only target.
     *
     * @param call the method to call with a name if there are several
     * @throws DataException if there is not exactly one
     */
    static String onlyTarget(Batch all, String call) {
        all.targets();
        if (all.namedTargets().size() > 1) {
            throw new DataException("The data has the targets "
                    + String.join(", ", all.namedTargets().keySet()) + "; say which: " + call + "(TARGET, …).");
        }
        return all.namedTargets().firstEntry().getKey();
    }

    /** 0 where a label has this index, and 1 elsewhere. */
    Tensor maskOfAllBut(int index) {
        Tensor mask = Tensor.zeros(classes.shape());
        for (int i = 0; i < classes.size(); i++) {
            mask.array()[i] = classes.array()[i] == index ? 0 : 1;
        }
        return mask;
    }

    /**
     * Checks that labels that are not left out are from 0 to {@code number - 1}.
     *
     * @throws DataException that names the first one that is not
     */
    void requireClasses(int number) {
        DataChecks.requireClasses(this, number);
    }

    /** The weight of each label; 0 for those that are left out. */
    Tensor weights(float[] ofClasses) {
        requireClasses(ofClasses.length);
        Tensor weights = Tensor.zeros(classes.shape());
        for (int i = 0; i < classes.size(); i++) {
            weights.array()[i] = counts(i) ? ofClasses[classes.array()[i]] : 0;
        }
        return weights;
    }

    /** Whether a label is not left out. */
    boolean counts(int label) {
        return counted == null || counted.array()[label / (classes.size() / counted.size())] != 0;
    }

    /** A weight for each class, such that all classes have the same share in a weighted mean. */
    float[] balanced(int number) {
        requireClasses(number);
        int[] counts = new int[number];
        int all = 0;
        for (int i = 0; i < classes.size(); i++) {
            if (counts(i)) {
                counts[classes.array()[i]]++;
                all++;
            }
        }
        float[] weights = new float[number];
        for (int i = 0; i < number; i++) {
            if (counts[i] == 0) {
                throw new DataException("The class " + i + " has no samples, so no weight balances it.");
            }
            weights[i] = (float) ((double) all / ((double) number * counts[i]));
        }
        return weights;
    }
}
