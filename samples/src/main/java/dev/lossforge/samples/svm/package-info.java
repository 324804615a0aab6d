/** Sample 3: a linear support vector machine. */
@NullMarked
package dev.lossforge.samples.svm;

import org.jspecify.annotations.NullMarked;
