package org.plainsong.member;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Ed25519;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.XWing;
import org.plainsong.core.message.PublicKey;

/**
 * What a person hands to the admins so that they can be added: their public keys. As text one line: {@code plainsong-member1-} and the
 * base64url, without padding, of {@code key (32) ‖ sealing key (1,216) ‖ first 4 bytes of SHA-256 of both}.
 *
 * @param key signs the member's statements
 * @param sealingKey X-Wing key that messages to this member are sealed to
 */
public record MemberCard(PublicKey key, ByteString sealingKey) {
    private static final String PREFIX = "plainsong-member1-";
    private static final int CHECK = 4;
    private static final int SIZE = PublicKey.SIZE + XWing.PUBLIC_KEY_SIZE;

    /** The card as one line of text. */
    public String text() {
        ByteString keys = ByteString.concat(key.value(), sealingKey);
        ByteString all = ByteString.concat(keys, Hash.sha256(keys).slice(0, CHECK));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all.toByteArray());
    }

    /** Reads a card; nothing if the text is none, or mistyped, or its keys are not acceptable. */
    public static Optional<MemberCard> parse(String text) {
        String line = text.strip();
        if (!line.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(line.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (all.length != SIZE + CHECK) {
            return Optional.empty();
        }
        ByteString keys = ByteString.of(Arrays.copyOf(all, SIZE));
        boolean intact =
                Hash.sha256(keys).slice(0, CHECK).equals(ByteString.of(Arrays.copyOfRange(all, SIZE, all.length)));
        PublicKey key = new PublicKey(keys.slice(0, PublicKey.SIZE));
        ByteString sealingKey = keys.slice(PublicKey.SIZE, SIZE);
        boolean good = intact && Ed25519.isAcceptablePublicKey(key.value()) && XWing.isAcceptablePublicKey(sealingKey);
        return good ? Optional.of(new MemberCard(key, sealingKey)) : Optional.empty();
    }
}
