package dev.lossforge.runtime.cpu.internal.layer;

/** The arrays with the values of a batch and their gradients: one row per sample, {@link #stride} apart. */
sealed interface Place permits Activations, Place.Reversed {

    int stride();

    float[] values();

    float[] gradients();

    /** The same arrays with their roles swapped, for an operation that is the backward pass of another one. */
    default Place reversed() {
        return new Reversed(this);
    }

    /** Another place's gradients as values, and its values as gradients. */
    record Reversed(Place place) implements Place {

        @Override
        public int stride() {
            return place.stride();
        }

        @Override
        public float[] values() {
            return place.gradients();
        }

        @Override
        public float[] gradients() {
            return place.values();
        }
    }
}
