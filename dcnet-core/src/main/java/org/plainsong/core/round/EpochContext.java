package org.plainsong.core.round;

import java.util.Collections;
import java.util.List;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.EpochId;
import org.plainsong.core.message.MemberId;
import org.plainsong.core.message.Policy;
import org.plainsong.core.message.PublicKey;
import org.plainsong.core.message.RunId;

/**
 * What is the same in all rounds of an epoch and public.
 *
 * @param epoch id
 * @param servers keys of servers 1..M, in order
 * @param enrolled members of the epoch, ascending; member index = position
 * @param memberKeys their signing keys, in the same order
 * @param run the setup's shuffle run, which late confirmations name
 * @param chainHash labelled hash "chain" of that run, which late confirmations name
 * @param policy the group's
 */
public record EpochContext(
        EpochId epoch,
        List<PublicKey> servers,
        List<MemberId> enrolled,
        List<PublicKey> memberKeys,
        RunId run,
        ByteString chainHash,
        Policy policy) {
    /** Checks that there is a key for each member. */
    public EpochContext {
        servers = List.copyOf(servers);
        enrolled = List.copyOf(enrolled);
        memberKeys = List.copyOf(memberKeys);
        if (enrolled.size() != memberKeys.size()) {
            throw new IllegalStateException(enrolled.size() + " members with " + memberKeys.size() + " keys");
        }
    }

    /** M. */
    public int serverCount() {
        return servers.size();
    }

    /** Number of enrolled members. */
    public int memberCount() {
        return enrolled.size();
    }

    /** Index of a member, negative if it is not enrolled. */
    public int indexOf(MemberId member) {
        return Collections.binarySearch(enrolled, member);
    }

    /** Number of the server with this key, 0 if it is none of them. */
    public int numberOf(PublicKey key) {
        return servers.indexOf(key) + 1;
    }

    /** Key of server 1..M. */
    public PublicKey server(int number) {
        return servers.get(number - 1);
    }
}
