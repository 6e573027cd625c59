package org.plainsong.member.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.SignatureCheck;
import org.plainsong.core.transcript.Entry;
import org.plainsong.core.transcript.EntryCodec;
import org.plainsong.core.wire.FormatException;

/**
 * Applies the entries of a transcript, checking everything. Members of one process that follow the same group share one: it
 * remembers its latest steps, so that identical bytes after an identical history are checked and decoded once, and what they give
 * is held once. A real client has one for itself and checks all itself. Safe for several threads.
 */
public final class Follower {
    /** Steps remembered: members of one process are seldom further apart. */
    private static final int REMEMBERED = 64;

    private record Key(ByteString root, ByteString entry) {}

    private final SignatureCheck check;
    private final Map<Key, Followed.Outcome> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Followed.Outcome> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A follower that checks signatures with this. */
    public Follower(SignatureCheck check) {
        this.check = check;
    }

    SignatureCheck check() {
        return check;
    }

    /** What comes of these bytes as the next entry. The root of the log stands for the whole history before. */
    synchronized Followed.Outcome follow(Followed before, ByteString entryBytes) throws FormatException {
        Key key = new Key(before.chain().log().root(), entryBytes);
        Followed.Outcome known = recent.get(key);
        if (known != null) {
            return known;
        }
        Entry entry = EntryCodec.decode(entryBytes);
        Followed.Outcome outcome = before.follow(entry, check);
        recent.put(key, outcome);
        return outcome;
    }
}
