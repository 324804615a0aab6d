/** What the reports of trainings are made of: values that are noted step by step, and pictures of them. */
@NullMarked
package dev.lossforge.runtime.internal.report;

import org.jspecify.annotations.NullMarked;
