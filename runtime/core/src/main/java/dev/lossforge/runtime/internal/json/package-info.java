/**
 * JSON as RFC 8259 defines it, and no more: {@link dev.lossforge.runtime.internal.json.JsonReader} reads a
 * {@link dev.lossforge.runtime.internal.json.JsonValue} from untrusted bytes, and
 * {@link dev.lossforge.runtime.internal.json.JsonWriter} writes one.
 */
@NullMarked
package dev.lossforge.runtime.internal.json;

import org.jspecify.annotations.NullMarked;
