/**
 * What the packages of the runtime and its backends share and no user needs. Nothing in a package whose name contains
 * {@code internal} is covered by semantic versioning; it may change in any release.
 */
@NullMarked
package dev.lossforge.runtime.internal;

import org.jspecify.annotations.NullMarked;
