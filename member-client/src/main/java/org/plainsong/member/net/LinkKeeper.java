package org.plainsong.member.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.crypto.Randomness;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.GroupId;
import org.plainsong.core.transcript.TranscriptFiles;

/** Keeps one connection to one server: after a failure again, after a pause that doubles and has chance in it. On one thread. */
final class LinkKeeper implements FrameChannel.Listener {
    /** What the driver hears. */
    interface Listener {
        void up();

        void frame(Frame frame);

        void down(String why);
    }

    private static final long STEADY_MILLIS = 5_000;

    private final Connections connections;
    private final Endpoint endpoint;
    private final URI uri;
    private final EventLoop loop;
    private final Settings settings;
    private final Listener listener;
    private @Nullable FrameChannel channel;
    private @Nullable ScheduledFuture<?> retry;
    private long generation;
    private long pause;
    private long upSince;
    private boolean stopped;

    /**
     * How a link is kept.
     *
     * @param minPauseMillis first pause before trying again
     * @param maxPauseMillis longest pause
     * @param limits of the connection
     * @param randomness for the pauses
     */
    record Settings(long minPauseMillis, long maxPauseMillis, FrameChannel.Limits limits, Randomness randomness) {}

    LinkKeeper(
            Connections connections,
            Endpoint endpoint,
            GroupId group,
            EventLoop loop,
            Settings settings,
            Listener listener) {
        this.connections = connections;
        this.endpoint = endpoint;
        this.uri = URI.create("wss://" + endpoint.url().authority() + TranscriptFiles.prefix(group) + "ws");
        this.loop = loop;
        this.settings = settings;
        this.listener = listener;
        this.pause = settings.minPauseMillis();
    }

    /** Opens a connection; one that is open is closed first, and nothing more is heard of it. */
    void connect() {
        dropCurrent();
        generation++;
        FrameChannel fresh = new FrameChannel(uri, this, settings.limits());
        channel = fresh;
        connections.open(endpoint, loop, fresh).addListener(done -> {
            if (!done.isSuccess()) {
                fresh.failed(done.cause());
            }
        });
    }

    /** Closes the connection for good. */
    void stop() {
        stopped = true;
        dropCurrent();
    }

    void send(Frame frame) {
        if (channel != null) {
            channel.send(frame);
        }
    }

    private void dropCurrent() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void up(FrameChannel which) {
        if (which == channel) {
            upSince = System.nanoTime();
            listener.up();
        }
    }

    @Override
    public void frame(FrameChannel which, Frame frame) {
        if (which == channel) {
            listener.frame(frame);
        }
    }

    @Override
    public void down(FrameChannel which, String why) {
        if (which != channel || stopped) {
            return;
        }
        channel = null;
        if (upSince != 0 && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - upSince) > STEADY_MILLIS) {
            pause = settings.minPauseMillis();
        }
        upSince = 0;
        retry = loop.schedule(this::connect, jittered(), TimeUnit.MILLISECONDS);
        pause = Math.min(settings.maxPauseMillis(), 2 * pause);
        long number = generation;
        loop.execute(() -> {
            if (number == generation && !stopped) {
                listener.down(why);
            }
        });
    }

    /** Half of the pause to all of it, so that members who lost a server together do not come back together. */
    private long jittered() {
        byte[] drawn = settings.randomness().bytes(2);
        int part = (drawn[0] & 0xff) << 8 | (drawn[1] & 0xff);
        return pause / 2 + pause * part / (2 * 65_536);
    }
}
