package dev.lossforge.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names, and the JVM it runs on. */
final class LossforgeVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        @Nullable String version = Lossforge.class.getPackage().getImplementationVersion();
        return new String[] {
            "lossforge " + (version == null ? "(development build)" : version), "on Java " + Runtime.version()
        };
    }
}
