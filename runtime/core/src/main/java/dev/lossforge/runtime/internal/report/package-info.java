/** Building blocks of the reports about trainings: values recorded step by step, and pictures of them. */
@NullMarked
package dev.lossforge.runtime.internal.report;

import org.jspecify.annotations.NullMarked;
