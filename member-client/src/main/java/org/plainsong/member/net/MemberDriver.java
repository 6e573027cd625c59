package org.plainsong.member.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.board.ContentId;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.message.PublicKey;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.engine.MemberEffect;
import org.plainsong.member.engine.MemberEvent;
import org.plainsong.member.engine.MemberNode;
import org.plainsong.member.engine.MemberSnapshot;

/**
 * Runs a {@link MemberNode}: one thread of {@link Connections} calls it, carries out its effects and owns its channels; another one
 * waits for the disk. Its methods may be called from any thread.
 */
public final class MemberDriver implements AutoCloseable {
    private static final long MIN_PAUSE_MILLIS = 250;
    private static final long MAX_PAUSE_MILLIS = 30_000;

    private final MemberNode node;
    private final GroupId group;
    private final Connections connections;
    private final DriverListener listener;
    private final Keeping keeping;
    private final EventLoop loop;
    private final LinkKeeper.Settings settings;
    private final ExecutorService disk = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("member-disk").factory());
    private final Map<PublicKey, LinkKeeper> links = new HashMap<>();
    private final Map<Long, CompletableFuture<ContentId>> answers = new HashMap<>();
    private final long startNanos = System.nanoTime();
    private final long startMillis = System.currentTimeMillis();
    private volatile MemberSnapshot latest;
    private long nextHandle = 1;
    private @Nullable ScheduledFuture<?> wake;
    private boolean stopped;

    /**
     * A driver that has not started.
     *
     * @param node not started either; from now on the driver's
     * @param connections shared by all members of the process
     * @param keeping where the vault is
     * @param listener hears what happens
     * @param randomness for pauses between tries, from any thread
     */
    public MemberDriver(
            MemberNode node, Connections connections, Keeping keeping, DriverListener listener, Randomness randomness) {
        this.node = node;
        this.latest = node.snapshot();
        this.group = latest.group();
        this.connections = connections;
        this.keeping = keeping;
        this.listener = listener;
        this.loop = connections.nextLoop();
        this.settings =
                new LinkKeeper.Settings(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS, FrameChannel.Limits.STANDARD, randomness);
    }

    /** Begins: connects, catches up, takes part. */
    public void start() {
        loop.execute(() -> handle(new MemberEvent.Started()));
    }

    /** What is shown of the member now. */
    public MemberSnapshot snapshot() {
        return latest;
    }

    /** Puts a draft into the outbox. Complete once it is on disk; fails with {@link RefusedException} if it cannot be taken. */
    public CompletableFuture<ContentId> say(Draft draft) {
        return ask(handle -> new MemberEvent.Compose(handle, draft));
    }

    /** Takes something back that has not gone out yet. */
    public CompletableFuture<ContentId> cancel(ContentId item) {
        return ask(handle -> new MemberEvent.Cancel(handle, item));
    }

    /** Lets something out that is held below the member's own minimum, where the policy allows it. */
    public CompletableFuture<ContentId> postAnyway(ContentId item) {
        return ask(handle -> new MemberEvent.PostAnyway(handle, item));
    }

    /** Why something could not be done, and what to do. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    private CompletableFuture<ContentId> ask(LongFunction<MemberEvent> event) {
        CompletableFuture<ContentId> answer = new CompletableFuture<>();
        loop.execute(() -> {
            if (stopped) {
                answer.completeExceptionally(new RefusedException("The member has been stopped. Start it again."));
                return;
            }
            long handle = nextHandle++;
            answers.put(handle, answer);
            handle(event.apply(handle));
        });
        return answer;
    }

    private void handle(MemberEvent event) {
        if (stopped) {
            return;
        }
        try {
            for (MemberEffect effect : node.handle(now(), event)) {
                carryOut(effect);
            }
        } catch (RuntimeException bug) {
            stop();
            listener.broken(bug);
        }
    }

    /** Unix milliseconds by a clock that does not jump while the process runs. */
    private long now() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private void carryOut(MemberEffect effect) {
        switch (effect) {
            case MemberEffect.Connect(PublicKey server, boolean attached) -> connect(server);
            case MemberEffect.Disconnect(PublicKey server) ->
                Optional.ofNullable(links.remove(server)).ifPresent(LinkKeeper::stop);
            case MemberEffect.ToServer(PublicKey server, Frame frame) ->
                Optional.ofNullable(links.get(server)).ifPresent(link -> link.send(frame));
            case MemberEffect.Save save -> save(save);
            case MemberEffect.WakeAt(long millis) -> wakeAt(millis);
            case MemberEffect.Accepted(long handle, ContentId id) ->
                Optional.ofNullable(answers.remove(handle)).ifPresent(answer -> answer.complete(id));
            case MemberEffect.Refused(long handle, String why) ->
                Optional.ofNullable(answers.remove(handle))
                        .ifPresent(answer -> answer.completeExceptionally(new RefusedException(why)));
            case MemberEffect.PostArrived(var post) -> listener.post(post);
            case MemberEffect.PrivateTextArrived(var text) -> listener.privateText(text);
            case MemberEffect.Snapshot(MemberSnapshot snapshot) -> {
                latest = snapshot;
                listener.changed(snapshot);
            }
            case MemberEffect.Notice notice -> listener.notice(notice);
        }
    }

    private void connect(PublicKey server) {
        LinkKeeper known = links.get(server);
        if (known != null) {
            known.connect();
            return;
        }
        Optional<Endpoint> endpoint = node.server(server).flatMap(Endpoint::of);
        if (endpoint.isEmpty()) {
            listener.notice(new MemberEffect.Notice("bad-url", "a server's URL in the roster has another form"));
            return;
        }
        LinkKeeper link = new LinkKeeper(connections, endpoint.get(), group, loop, settings, listenerOf(server));
        links.put(server, link);
        link.connect();
    }

    private LinkKeeper.Listener listenerOf(PublicKey server) {
        return new LinkKeeper.Listener() {
            @Override
            public void up() {
                handle(new MemberEvent.LinkUp(server));
            }

            @Override
            public void frame(Frame frame) {
                handle(new MemberEvent.FromServer(server, frame));
            }

            @Override
            public void down(String why) {
                listener.notice(new MemberEffect.Notice("link-down", why));
                handle(new MemberEvent.LinkDown(server));
            }
        };
    }

    private void save(MemberEffect.Save save) {
        disk.execute(() -> {
            MemberEvent outcome;
            try {
                keeping.keep(save.records());
                outcome = new MemberEvent.Saved(save.ticket());
            } catch (Keeping.KeepingException e) {
                outcome = new MemberEvent.SaveFailed(save.ticket(), String.valueOf(e.getMessage()));
            }
            MemberEvent told = outcome;
            loop.execute(() -> handle(told));
        });
    }

    private void wakeAt(long millis) {
        if (wake != null) {
            wake.cancel(false);
        }
        wake = loop.schedule(() -> handle(new MemberEvent.Tick()), Math.max(0, millis - now()), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        stopped = true;
        if (wake != null) {
            wake.cancel(false);
        }
        links.values().forEach(LinkKeeper::stop);
        links.clear();
        List.copyOf(answers.values())
                .forEach(answer -> answer.completeExceptionally(
                        new RefusedException("The member has been stopped before it was on disk. Start it again.")));
        answers.clear();
    }

    /** Stops at once, as a killed process would; what was acknowledged is on disk. Returns when nothing runs any more. */
    @Override
    public void close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stop();
            done.complete(null);
        });
        done.join();
        disk.close();
    }
}
