/**
 * Random formulas as Java source: drawn, compiled with everything that the processor makes of them, run in all ways
 * that must agree, and made small when they do not.
 */
package dev.lossforge.processor.testing.random;
