/**
 * JSON as RFC 8259 defines it, and no more: {@link dev.lossforge.runtime.json.JsonReader} makes a
 * {@link dev.lossforge.runtime.json.JsonValue} of bytes it does not trust,
 * {@link dev.lossforge.runtime.json.JsonWriter} makes bytes of one.
 */
@NullMarked
package dev.lossforge.runtime.json;

import org.jspecify.annotations.NullMarked;
