/** What the numbered samples have in common: what they teach, and how they draw. */
@NullMarked
package dev.lossforge.samples.lesson;

import org.jspecify.annotations.NullMarked;
