package dev.lossforge.digits;

import java.util.List;

/** The ten digits in one style, as distance fields; the index is the digit. */
record Typeface(List<DistanceField> digits) {
    static Typeface of(List<Outline> outlines) {
        return new Typeface(outlines.stream().map(DistanceField::new).toList());
    }
}
