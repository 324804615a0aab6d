package names.more;

/** What another package gives by name. */
public interface Constants {
  float ON_DEMAND = 0.125f, FULL = 6, OTHER = 1000;
  static float half(float x) { return x / 2; }
  interface Inner { float DEEP = FULL / 4; }
}
