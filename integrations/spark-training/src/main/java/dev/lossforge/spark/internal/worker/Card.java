package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.spark.internal.ring.Peer;
import java.util.ArrayList;
import java.util.List;

/**
 * What workers tell each other through Spark before they connect.
 *
 * @param java the version of Java
 */
record Card(String host, int port, int java) {

    String text() {
        return host + " " + port + " " + java;
    }

    private static Card parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3) {
            throw new ConfigurationException(
                    "A worker says '" + text + "' of itself; use the same version of Lossforge on all machines.");
        }
        return new Card(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /**
     * The workers by rank, of what all say of themselves.
     *
     * @throws ConfigurationException if not all run the same Java
     */
    static List<Peer> peers(String... cards) {
        List<Peer> peers = new ArrayList<>();
        int java = parse(cards[0]).java();
        for (int rank = 0; rank < cards.length; rank++) {
            Card card = parse(cards[rank]);
            if (card.java() != java) {
                throw new ConfigurationException("Worker " + rank + " on " + card.host() + " runs Java " + card.java()
                        + ", but worker 0 runs Java " + java + "; run the same on all machines.");
            }
            peers.add(new Peer(rank, card.host(), card.port()));
        }
        return peers;
    }
}
