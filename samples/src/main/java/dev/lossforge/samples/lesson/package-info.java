/** What the numbered samples have in common: what they teach, and training loops of one's own. */
@NullMarked
package dev.lossforge.samples.lesson;

import org.jspecify.annotations.NullMarked;
