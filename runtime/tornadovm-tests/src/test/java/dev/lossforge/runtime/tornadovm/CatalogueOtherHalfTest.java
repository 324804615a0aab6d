package dev.lossforge.runtime.tornadovm;

/** The losses that {@link CatalogueTest} leaves out. */
class CatalogueOtherHalfTest extends CatalogueTest {
    @Override
    int firstLoss() {
        return 1;
    }
}
