package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.LossCatalogue;
import java.util.Iterator;

/** The names of the ready-made losses, for completion. */
final class LossNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return LossCatalogue.of(LossNames.class.getClassLoader()).names().iterator();
    }
}
