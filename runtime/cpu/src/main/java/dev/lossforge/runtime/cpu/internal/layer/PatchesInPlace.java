package dev.lossforge.runtime.cpu.internal.layer;

/** Patches read from the images themselves. This requires that their lines fill whole vectors. */
final class PatchesInPlace implements Patches {
    private final Images images;
    private final int[] corners;
    private int samples;

    PatchesInPlace(Images images, AffineShape shape) {
        this.images = images;
        this.corners = shape.corners(images);
    }

    @Override
    public void load(int from, int to) {
        images.load(from, to);
        samples = to - from;
    }

    @Override
    public float[] values() {
        return images.values();
    }

    @Override
    public float[] gradients() {
        return images.gradients();
    }

    @Override
    public int list(int[] offsets) {
        for (int index = 0; index < samples; index++) {
            int image = images.offset(index);
            int first = index * corners.length;
            for (int row = 0; row < corners.length; row++) {
                offsets[first + row] = image + corners[row];
            }
        }
        return samples * corners.length;
    }

    @Override
    public void clearGradients() {
        images.clearGradients();
    }

    @Override
    public void storeGradients() {
        images.storeGradients();
    }
}
