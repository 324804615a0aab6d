/** Models in files: the form of an architecture as JSON. */
@NullMarked
package dev.lossforge.runtime.internal.model;

import org.jspecify.annotations.NullMarked;
