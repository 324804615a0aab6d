/**
 * The catalogue of the processor's messages, and the reporter that prints them.
 *
 * <p>Every message has an id, a page in the documentation and a position, which is the exact expression concerned. All
 * errors of a formula are collected before its compilation stops.
 */
@NullMarked
package dev.lossforge.processor.diagnostic;

import org.jspecify.annotations.NullMarked;
