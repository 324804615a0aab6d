/**
 * Reports about trainings: {@link dev.lossforge.runtime.report.RunReport} is a web page that grows while a model
 * trains.
 */
@NullMarked
package dev.lossforge.runtime.report;

import org.jspecify.annotations.NullMarked;
