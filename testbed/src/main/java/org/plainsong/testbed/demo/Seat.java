package org.plainsong.testbed.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.board.ContentId;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.MemberRuntime;
import org.plainsong.member.engine.MemberSnapshot;
import org.plainsong.member.net.DriverListener;
import org.plainsong.member.vault.VaultException;
import org.plainsong.testbed.local.LocalGroup;

/** One member of the demo: its running client, and everything that arrived there, over all its runs. */
final class Seat implements DriverListener, AutoCloseable {
    private final LocalGroup group;
    private final int index;
    private final Object changed;
    private final Map<ContentId, MemberSnapshot.BoardPost> posts = new LinkedHashMap<>();
    private final Map<ContentId, Long> arrivedAt = new LinkedHashMap<>();
    private final Map<ContentId, MemberSnapshot.PrivateText> privateTexts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private MemberProfile profile;
    private @Nullable MemberRuntime runtime;
    private @Nullable MemberSnapshot snapshot;

    /** @param changed notified whenever something has arrived or changed; also guards everything in here */
    Seat(LocalGroup group, int index, MemberProfile profile, Object changed) {
        this.group = group;
        this.index = index;
        this.profile = profile;
        this.changed = changed;
    }

    void start() {
        MemberRuntime started = group.member(profile, this);
        synchronized (changed) {
            runtime = started;
        }
        started.start();
    }

    MemberRuntime runtime() {
        synchronized (changed) {
            if (runtime == null) {
                throw new IllegalStateException("member " + index + " is not running");
            }
            return runtime;
        }
    }

    /** Ends the client at once and starts it anew from what is on its disk. */
    void restart() throws IOException {
        close();
        profile = group.reopen(index);
        start();
    }

    @Override
    public void changed(MemberSnapshot now) {
        synchronized (changed) {
            snapshot = now;
            changed.notifyAll();
        }
    }

    @Override
    public void post(MemberSnapshot.BoardPost post) {
        synchronized (changed) {
            if (posts.put(post.id(), post) != null) {
                problems.add("member " + (index + 1) + " was shown a post twice");
            }
            arrivedAt.putIfAbsent(post.id(), System.nanoTime());
            changed.notifyAll();
        }
    }

    @Override
    public void privateText(MemberSnapshot.PrivateText text) {
        synchronized (changed) {
            if (privateTexts.put(text.id(), text) != null) {
                problems.add("member " + (index + 1) + " was shown a private text twice");
            }
            changed.notifyAll();
        }
    }

    @Override
    public void broken(RuntimeException bug) {
        synchronized (changed) {
            problems.add("member " + (index + 1) + " stopped: " + bug);
            changed.notifyAll();
        }
    }

    /** What is shown of it now, if anything has been. Hold the lock. */
    @Nullable
    MemberSnapshot snapshot() {
        return snapshot;
    }

    Map<ContentId, MemberSnapshot.BoardPost> posts() {
        return posts;
    }

    Map<ContentId, Long> arrivedAt() {
        return arrivedAt;
    }

    Map<ContentId, MemberSnapshot.PrivateText> privateTexts() {
        return privateTexts;
    }

    List<String> problems() {
        return problems;
    }

    int index() {
        return index;
    }

    @Override
    public void close() throws IOException {
        MemberRuntime running;
        synchronized (changed) {
            running = runtime;
            runtime = null;
        }
        if (running != null) {
            running.close();
        }
        try {
            profile.close();
        } catch (VaultException e) {
            throw new IOException("a profile could not be closed: " + e.getMessage(), e);
        }
    }
}
