package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lossforge.runtime.LossforgeException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Reads what was damaged at random: every input is read or refused by an exception of ours, within a bound of memory.
 * {@code -Dlossforge.fuzz=100000} tries more of them.
 */
public final class Attack {
    private static final int INPUTS = Integer.getInteger("lossforge.fuzz", 1500);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SplittableRandom random = new SplittableRandom(7);
    private final String what;
    private final long mostMemory;

    /** What reads the input. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    /**
     * @param what is read
     * @param mostMemory in bytes, that reading one of them may take
     */
    public Attack(String what, long mostMemory) {
        this.what = what;
        this.mostMemory = mostMemory;
    }

    /** The bytes that this thread has taken so far. */
    public static long taken() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Damages this input in many ways, some of which are harmless. */
    public void on(byte[] good, Reader reader) throws IOException {
        // What is loaded once, for all inputs, is not counted.
        reader.read(good);
        int accepted = 0;
        long max = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bad = damaged(good);
            long before = taken();
            try {
                reader.read(bad);
                accepted++;
            } catch (LossforgeException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(what + ", input " + i, e);
            }
            long memory = taken() - before;
            assertThat(memory).as("bytes taken for %s, input %d", what, i).isLessThan(mostMemory);
            max = Math.max(max, memory);
        }
        System.out.printf(
                Locale.ROOT, "%s: %d inputs, %d accepted, at most %.2f MB each%n", what, INPUTS, accepted, max / 1e6);
        assertThat(accepted).isPositive();
    }

    /** Bytes changed, cut off, put in or, where headers are, set to extremes. */
    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 64 : bytes.length));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) (random.nextBoolean() ? 0xff : 0x7f));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 9));
                    System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
