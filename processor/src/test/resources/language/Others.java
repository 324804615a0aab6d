package names.more;

/** What another package gives on demand; of names that are imported one by one, these do not count. */
public final class Others {
  public static final float OTHER = 21, ON_DEMAND = 2000, OWN = 3000;
  public static float other(float x) { return x + OTHER; }
  public static float half(float x) { return x * 4000; }
}
