/** Templates for a new Maven or Gradle project: one loss, one training, one test. */
@NullMarked
package dev.lossforge.cli.project;

import org.jspecify.annotations.NullMarked;
