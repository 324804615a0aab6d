/** Tests of sample 4: logistic regression. */
@NullMarked
package dev.lossforge.samples.logistic;

import org.jspecify.annotations.NullMarked;
