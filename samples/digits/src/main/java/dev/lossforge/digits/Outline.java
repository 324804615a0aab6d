package dev.lossforge.digits;

import java.util.Arrays;
import java.util.List;

/**
 * A digit as straight segments: either the border of its ink or the path of a pen.
 *
 * <p>Coordinates are pixels of the final image, relative to its centre, with y downwards; every outline is converted to
 * these.
 */
final class Outline {
    /** The larger side of a digit's bounding box in pixels, as in MNIST. */
    private static final float EXTENT = 20;

    /** Half the width of the pen's line. */
    private static final float PEN = 1.1f;

    /** A straight line from one point to another. */
    record Segment(float x0, float y0, float x1, float y1) {}

    /** {@code x0, y0, x1, y1} of one segment after another. */
    private final float[] segments;

    private final boolean filled;

    private Outline(List<Segment> segments, boolean filled) {
        this.segments = flattened(segments);
        this.filled = filled;
        centre();
    }

    /** The ink within closed borders, by the non-zero rule. */
    static Outline filled(List<Segment> border) {
        return new Outline(border, true);
    }

    /** The ink along the path of a pen. */
    static Outline drawn(List<Segment> path) {
        return new Outline(path, false);
    }

    private static float[] flattened(List<Segment> segments) {
        float[] flat = new float[4 * segments.size()];
        int i = 0;
        for (Segment segment : segments) {
            flat[i++] = segment.x0();
            flat[i++] = segment.y0();
            flat[i++] = segment.x1();
            flat[i++] = segment.y1();
        }
        return flat;
    }

    private void centre() {
        float[] box = boundingBox();
        float scale = EXTENT / Math.max(box[2] - box[0], box[3] - box[1]);
        for (int i = 0; i < segments.length; i++) {
            int axis = i & 1;
            segments[i] = scale * (segments[i] - (box[axis] + box[axis + 2]) / 2);
        }
    }

    /** The smallest x and y, then the largest. */
    private float[] boundingBox() {
        float[] box = {
            Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY
        };
        for (int i = 0; i < segments.length; i++) {
            int axis = i & 1;
            box[axis] = Math.min(box[axis], segments[i]);
            box[axis + 2] = Math.max(box[axis + 2], segments[i]);
        }
        return box;
    }

    /** The distance in pixels from a point to the edge of the ink, negative inside it. */
    float signedDistance(float x, float y) {
        float nearest = Float.POSITIVE_INFINITY;
        int winding = 0;
        for (int s = 0; s < segments.length; s += 4) {
            nearest = Math.min(nearest, squaredDistance(s, x, y));
            winding += crossing(s, x, y);
        }
        float distance = (float) Math.sqrt(nearest);
        if (!filled) {
            return distance - PEN;
        }
        return winding == 0 ? distance : -distance;
    }

    private float squaredDistance(int s, float x, float y) {
        float dx = segments[s + 2] - segments[s];
        float dy = segments[s + 3] - segments[s + 1];
        float px = x - segments[s];
        float py = y - segments[s + 1];
        float length = dx * dx + dy * dy;
        float t = length == 0 ? 0 : Math.clamp((px * dx + py * dy) / length, 0f, 1f);
        float ex = px - t * dx;
        float ey = py - t * dy;
        return ex * ex + ey * ey;
    }

    /** +1 or -1 if the ray from the point to the right crosses the segment downwards or upwards. */
    private int crossing(int s, float x, float y) {
        float y0 = segments[s + 1];
        float y1 = segments[s + 3];
        if ((y0 <= y) == (y1 <= y)) {
            return 0;
        }
        float crossingX = segments[s] + (y - y0) / (y1 - y0) * (segments[s + 2] - segments[s]);
        if (crossingX <= x) {
            return 0;
        }
        return y0 <= y ? 1 : -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Outline that && filled == that.filled && Arrays.equals(segments, that.segments);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(segments);
    }
}
