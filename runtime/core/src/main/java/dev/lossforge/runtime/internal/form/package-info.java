/** The serialized form of losses: class and hyperparameters. For the integrations of Lossforge with other hosts. */
@NullMarked
package dev.lossforge.runtime.internal.form;

import org.jspecify.annotations.NullMarked;
