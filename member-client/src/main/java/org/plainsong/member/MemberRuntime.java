package org.plainsong.member;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.message.GroupDefinition;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.Signed;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.MemberIdentity;
import org.plainsong.member.engine.MemberNode;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.engine.NameChoice;
import org.plainsong.member.engine.VaultRecord;
import org.plainsong.member.net.DriverListener;
import org.plainsong.member.net.Keeping;
import org.plainsong.member.net.MemberDriver;
import org.plainsong.member.vault.ProfileRecord;
import org.plainsong.member.vault.Vault;
import org.plainsong.member.vault.VaultException;

/**
 * A member who takes part in one group: what a command, a window or a demo calls. Many may run in one process. Methods may be called
 * from any thread.
 */
public final class MemberRuntime implements AutoCloseable {
    private final MemberDriver driver;

    MemberRuntime(MemberHost host, MemberProfile profile, GroupId group, OptionalInt minimum, DriverListener listener) {
        Signed<GroupDefinition> definition = profile.definition(group)
                .orElseThrow(() -> new IllegalArgumentException("the profile is not in group " + group));
        MemberIdentity identity = MemberReading.identity(profile.vault().profile(), definition, minimum);
        MemberNode node = new MemberNode(
                identity, profile.vault().profile().kept(group), host.randomness(), host.follower(group));
        driver = new MemberDriver(
                node, host.connections(), keeping(profile.vault(), group), listener, host.randomness());
    }

    private static Keeping keeping(Vault vault, GroupId group) {
        return (List<VaultRecord> records) -> {
            try {
                vault.append(records.stream()
                        .map(r -> new ProfileRecord.OfGroup(group, r))
                        .toList());
            } catch (VaultException e) {
                throw new Keeping.KeepingException(e.getMessage() + ". " + e.next());
            }
        };
    }

    /** Begins: connects, catches up, takes part. */
    public void start() {
        driver.start();
    }

    /** What is shown of the member now. */
    public MemberSnapshot snapshot() {
        return driver.snapshot();
    }

    /**
     * Puts a post into the outbox; complete once it is on disk, with the id under which it will be delivered exactly once.
     *
     * @param parent what it answers; none begins a thread
     * @param text plain text
     */
    public CompletableFuture<ContentId> post(Optional<ContentId> parent, String text) {
        return say(new Draft.NewPost("", parent, text, NameChoice.auto(), true));
    }

    /**
     * Puts a private reply into the outbox.
     *
     * @param to a post with a reply key, or a private text that this member received
     * @param text plain text
     */
    public CompletableFuture<ContentId> replyPrivately(ContentId to, String text) {
        return say(new Draft.PrivateReply(to, text, NameChoice.auto()));
    }

    /** Puts any draft into the outbox; fails with {@link MemberDriver.RefusedException}. */
    public CompletableFuture<ContentId> say(Draft draft) {
        return driver.say(draft);
    }

    /** Takes something back that has not gone out yet. */
    public CompletableFuture<ContentId> cancel(ContentId item) {
        return driver.cancel(item);
    }

    /** Lets something out that is held below the member's own minimum, where the policy allows it. */
    public CompletableFuture<ContentId> postAnyway(ContentId item) {
        return driver.postAnyway(item);
    }

    /** Stops at once, as a killed process would; what was acknowledged is on disk. Returns when nothing runs any more. */
    @Override
    public void close() {
        driver.close();
    }
}
