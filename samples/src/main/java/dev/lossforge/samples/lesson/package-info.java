/** The common parts of the numbered samples: their interface, and their charts. */
@NullMarked
package dev.lossforge.samples.lesson;

import org.jspecify.annotations.NullMarked;
