package dev.lossforge.spark.internal.ring;

/**
 * A worker as the others see it.
 *
 * @param rank its number, from 0
 * @param host the address that it listens at
 * @param port the port that it listens at
 */
public record Peer(int rank, String host, int port) {

    @Override
    public String toString() {
        return "worker " + rank + " (" + host + ":" + port + ")";
    }
}
