package names;

/** A class of the same package, in a file of its own. */
final class Neighbour {
  static float times(float x, int k) { return x * (k / 4); }
  static float times(float x, float k) { return x * (k / 4); }
}
