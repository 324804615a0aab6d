/**
 * The catalogue of what the processor may tell its user, and the reporter that tells it.
 *
 * <p>Every message has an id, a page in the documentation and a position: the exact expression it speaks of. All errors
 * of a formula are collected before anything is given up.
 */
@NullMarked
package dev.lossforge.processor.diagnostic;

import org.jspecify.annotations.NullMarked;
