package dev.lossforge.samples.lesson;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * What a sample runs with.
 *
 * @param out for what the sample prints
 * @param folder for pictures; exists
 * @param digits for samples that learn from digits; loaded only when one asks
 */
public record SampleContext(PrintWriter out, Path folder, DigitSource digits) {}
