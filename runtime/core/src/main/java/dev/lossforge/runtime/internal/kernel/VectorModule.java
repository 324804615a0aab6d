package dev.lossforge.runtime.internal.kernel;

/** Whether this JVM was started with the Vector API, and how much work it is worth. */
public final class VectorModule {
    /** A class of the API, found only where its module was added to the JVM. */
    private static final String PROBE = "jdk.incubator.vector.FloatVector";

    /**
     * From so many entries of a prediction on, vector loops pay for themselves. It counts the whole batch, not the
     * range that a thread computes, so that results do not depend on the number of threads. Measured.
     */
    private static final int LEAST_ENTRIES = Integer.getInteger("lossforge.vectors.from", 256);

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

    /** Whether a batch with so many entries of a prediction is worth it. */
    public static boolean pays(int entries) {
        return entries >= LEAST_ENTRIES;
    }
}
