package dev.lossforge.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and the version of the JVM. */
final class LossforgeVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        @Nullable String version = Lossforge.class.getPackage().getImplementationVersion();
        return new String[] {
            "lossforge " + (version == null ? "(development build)" : version), "on Java " + Runtime.version()
        };
    }
}
