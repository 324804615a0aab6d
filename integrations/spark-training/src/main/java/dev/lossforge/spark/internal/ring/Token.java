package dev.lossforge.spark.internal.ring;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the workers of one job share and nobody else knows. It never goes over a connection of the ring: each side shows
 * that it has it by a proof that holds for these two workers, in this direction and job, alone.
 *
 * @param hex 32 random bytes in hexadecimal digits
 */
public record Token(String hex) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The length of a proof in bytes. */
    static final int PROOF_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** A new one. */
    public static Token random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Token(HexFormat.of().formatHex(bytes));
    }

    /** Shows that one worker, who is connected to another one, has the token. */
    byte[] proof(int from, int to) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(hex.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return mac.doFinal((from + " to " + to).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", e);
        }
    }

    /** Not to be seen in logs. */
    @Override
    public String toString() {
        return "token";
    }
}
