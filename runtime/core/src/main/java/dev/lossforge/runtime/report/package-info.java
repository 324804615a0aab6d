/** Reports of trainings: {@link dev.lossforge.runtime.report.RunReport}, a page to look at while a model learns. */
@NullMarked
package dev.lossforge.runtime.report;

import org.jspecify.annotations.NullMarked;
