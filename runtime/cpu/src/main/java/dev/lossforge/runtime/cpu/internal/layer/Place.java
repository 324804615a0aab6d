package dev.lossforge.runtime.cpu.internal.layer;

/** Where the values of a batch and their gradients lie: one row per sample, {@link #stride} apart. */
sealed interface Place permits Activations, Place.Reversed {

    int stride();

    float[] values();

    float[] gradients();

    /** The same arrays with their roles exchanged: for an operation that is another one's way back. */
    default Place reversed() {
        return new Reversed(this);
    }

    /** The gradients of a place as values, and its values as gradients. */
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
