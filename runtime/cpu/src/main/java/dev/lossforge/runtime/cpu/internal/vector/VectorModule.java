package dev.lossforge.runtime.cpu.internal.vector;

import java.lang.System.Logger.Level;

/**
 * The module of the Vector API. While it is incubating, it is present only if the JVM was started with it. With
 * {@code -Dlossforge.vector=off}, it is not used, and its absence is not logged.
 */
public final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";
    private static final boolean PRESENT = find();

    private VectorModule() {}

    /** Whether the Vector API can be used; the first call logs it if not. */
    public static boolean isPresent() {
        return PRESENT;
    }

    private static boolean find() {
        if (System.getProperty("lossforge.vector", "").equals("off")) {
            return false;
        }
        boolean present = ModuleLayer.boot().findModule(NAME).isPresent();
        if (!present) {
            System.getLogger(VectorModule.class.getName())
                    .log(
                            Level.INFO,
                            "Losses and models run on plain Java loops; start the JVM with --add-modules {0} to make"
                                    + " training several times faster.",
                            NAME);
        }
        return present;
    }
}
