/** Tests of sample 3: a linear support vector machine. */
@NullMarked
package dev.lossforge.samples.s03_svm;

import org.jspecify.annotations.NullMarked;
