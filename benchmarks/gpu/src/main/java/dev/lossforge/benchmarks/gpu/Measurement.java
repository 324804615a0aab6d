package dev.lossforge.benchmarks.gpu;

import org.jspecify.annotations.Nullable;

/**
 * What was timed once. PyTorch's scripts write the same members.
 *
 * @param subject what was computed, such as {@code Huber, 256 MiB}
 * @param form by whom and how, such as {@code Lossforge} or {@code PyTorch eager}
 * @param milliseconds the median of all repetitions
 * @param fastest the fastest of them
 * @param amount what was worked on in one repetition: so many bytes that have to be moved, or so many images
 * @param unit {@code bytes} or {@code images}
 * @param copy the subject that copied as many bytes as one array has, the bound of what is possible
 */
record Measurement(
        String subject,
        String form,
        double milliseconds,
        double fastest,
        double amount,
        String unit,
        @Nullable String copy) {

    static final String BYTES = "bytes";
    static final String IMAGES = "images";

    static Measurement ofBytes(String subject, String form, Times times, double bytes, @Nullable String copy) {
        return new Measurement(subject, form, times.median(), times.fastest(), bytes, BYTES, copy);
    }

    static Measurement ofImages(String subject, String form, Times times, int images) {
        return new Measurement(subject, form, times.median(), times.fastest(), images, IMAGES, null);
    }

    /** Units a second, at the median. */
    double rate() {
        return amount / milliseconds * 1e3;
    }

    /** In words, in gigabytes or images a second. */
    String rateInWords() {
        return unit.equals(BYTES) ? "%8.1f GB/s".formatted(rate() / 1e9) : "%8.0f images/s".formatted(rate());
    }

    @Override
    public String toString() {
        return "%-46s %-26s %10.4f ms (fastest %10.4f) %s"
                .formatted(subject, form, milliseconds, fastest, rateInWords());
    }
}
