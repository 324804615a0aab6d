/**
 * JSON as RFC 8259 defines it, and no more: {@link dev.lossforge.runtime.internal.json.JsonReader} makes a
 * {@link dev.lossforge.runtime.internal.json.JsonValue} of bytes it does not trust,
 * {@link dev.lossforge.runtime.internal.json.JsonWriter} makes bytes of one.
 */
@NullMarked
package dev.lossforge.runtime.internal.json;

import org.jspecify.annotations.NullMarked;
