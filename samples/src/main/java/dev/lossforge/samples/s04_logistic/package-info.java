/** Sample 4: logistic regression. */
@NullMarked
package dev.lossforge.samples.s04_logistic;

import org.jspecify.annotations.NullMarked;
