/** Whole ways, from data to what they are wanted for, as a user goes them. */
@NullMarked
package dev.lossforge.samples.journeys;

import org.jspecify.annotations.NullMarked;
