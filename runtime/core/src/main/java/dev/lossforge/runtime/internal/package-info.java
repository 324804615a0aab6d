/**
 * Classes that the packages of the runtime and its backends share, and no user needs. Semantic versioning does not
 * cover packages whose name contains {@code internal}; they may change in any release.
 */
@NullMarked
package dev.lossforge.runtime.internal;

import org.jspecify.annotations.NullMarked;
