/**
 * Losses as they travel and are saved: by class and hyperparameters. For modules of Lossforge that join other hosts.
 */
@NullMarked
package dev.lossforge.runtime.internal.form;

import org.jspecify.annotations.NullMarked;
