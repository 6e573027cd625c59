package org.plainsong.server.engine;

import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plainsong.core.bytes.BitSets;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Confirmation;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Hello;
import org.plainsong.core.message.Packet;
import org.plainsong.core.message.Signed;
import org.plainsong.core.pad.PadKey;
import org.plainsong.core.round.AgreementEvent;
import org.plainsong.core.round.AttemptContext;
import org.plainsong.core.round.ParallelWork;
import org.plainsong.core.round.RoundPlan;
import org.plainsong.core.round.ShareWork;
import org.plainsong.core.round.Window;

/**
 * The window of one attempt together with the share that grows behind it: pads of the expected members are added while their ciphertexts are still on the way
 * (protocol §5.3, §5.4).
 */
final class AttemptShare {
    private final AttemptContext attempt;
    private final Window window;
    private final ShareWork sum;
    private final byte[] nonce;
    private final ParallelWork work;
    private boolean closed;
    private @Nullable ByteString taken;

    AttemptShare(AttemptContext attempt, ByteString ownExpected, EpochKeys keys, ParallelWork work, long now) {
        this.attempt = attempt;
        this.window = new Window(attempt, ownExpected, now);
        this.nonce = PadKey.nonce(
                attempt.at().epoch().value(),
                attempt.at().round(),
                attempt.at().attempt(),
                attempt.prev().value());
        this.sum = new ShareWork(keys.pads(), nonce, attempt.layout().totalBytes());
        this.work = work;
    }

    /** Adds the pads of those that are expected, while nothing else is to be done. */
    void prepare() {
        int[] expected = IntStream.range(0, attempt.epoch().memberCount())
                .filter(i -> BitSets.contains(attempt.expected(), i))
                .toArray();
        sum.addPads(expected, work);
    }

    /** Takes a submission whose tree hash the driver has checked. */
    Window.Answer submit(Packet<Header> packet, long now) {
        Window.Answer answer = window.submitChecked(packet, now);
        if (answer instanceof Window.Answer.Accepted accepted) {
            sum.addCiphertext(accepted.index(), packet.body());
        }
        return answer;
    }

    void hello(Signed<Hello> hello) {
        window.hello(hello);
    }

    void confirmation(Signed<Confirmation> confirmation) {
        window.confirmation(confirmation);
    }

    boolean isClosed() {
        return closed;
    }

    /** When the window closes as things stand. */
    long closesAt() {
        return window.closesAt();
    }

    AgreementEvent.WindowClosed close(boolean endWish) {
        closed = true;
        return window.close(endWish);
    }

    /** The share for these participants; once. */
    ByteString share(RoundPlan plan, int self) {
        ByteString share = sum.finish(plan.participants(), plan.attachedTo(self), window::ciphertext, work);
        taken = share;
        return share;
    }

    /** The share, if it has been made. */
    Optional<ByteString> taken() {
        return Optional.ofNullable(taken);
    }

    AttemptId at() {
        return attempt.at();
    }

    byte[] nonce() {
        return nonce;
    }

    SortedMap<Integer, Packet<Header>> submissions() {
        return window.submissions();
    }

    /** The attempt came to nothing. */
    void discard() {
        sum.discard();
    }
}
