package dev.lossforge.runtime.internal.kernel;

/** Detects whether this JVM was started with the Vector API, and whether a batch is large enough for it. */
public final class VectorModule {
    /** A class of the API, found only where its module was added to the JVM. */
    private static final String PROBE = "jdk.incubator.vector.FloatVector";

    /**
     * The minimum number of entries of a prediction for which vector loops are worthwhile, as measured. The whole batch
     * counts, not the range of a thread, so that results do not depend on the number of threads.
     */
    private static final int MIN_ENTRIES = Integer.getInteger("lossforge.vectors.from", 256);

    private VectorModule() {}

    /** Whether generated vector loops can be loaded. */
    public static boolean isPresent() {
        try {
            get();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * The module of the Vector API, which a generated class in a named module must read.
     *
     * @throws IllegalStateException if this JVM was started without it
     */
    public static Module get() {
        try {
            return Class.forName(PROBE, false, VectorModule.class.getClassLoader())
                    .getModule();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JVM runs without the Vector API", e);
        }
    }

    /** Whether vector loops are worthwhile for a batch with this number of entries of a prediction. */
    public static boolean pays(int entries) {
        return entries >= MIN_ENTRIES;
    }
}
