/** A Maven project to begin with: one loss, one training, one test. */
@NullMarked
package dev.lossforge.cli.project;

import org.jspecify.annotations.NullMarked;
