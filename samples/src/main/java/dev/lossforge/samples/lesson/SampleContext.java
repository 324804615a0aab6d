package dev.lossforge.samples.lesson;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * The environment of a sample.
 *
 * @param out the output of the sample
 * @param folder the folder for pictures, which exists
 * @param digits the digits for samples that need them; loaded only on request
 */
public record SampleContext(PrintWriter out, Path folder, DigitSource digits) {}
