package org.plainsong.core.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.wire.FormatException;

final class JoinerTest {
    private static final int SLOT = 3;

    @Test
    void joinsWhatWasCutHoweverItWasCut() throws FormatException {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ByteString content = bytes(random, 1 + random.nextInt(5000));
            Joiner joiner = Joiner.empty();
            int offset = 0;
            Optional<ByteString> complete = Optional.empty();
            while (complete.isEmpty()) {
                int room = Fragment.MIN_ROOM + random.nextInt(600);
                Fragment piece =
                        Fragment.decode(Fragment.cut(content, offset, room).encode());
                assertThat(piece.encode().size()).as("seed %s", seed).isLessThanOrEqualTo(room);
                Joiner.Joined joined = joiner.take(SLOT, piece);
                joiner = joined.next();
                complete = joined.complete();
                offset += piece.bytes().size();
            }
            assertThat(complete).as("seed %s", seed).contains(content);
            assertThat(joiner.progress()).isEmpty();
        }
    }

    @Test
    void tellsTheSizeOfABodyBefore() {
        for (int total : new int[] {1, 23, 24, 255, 256, 65535, 65536, 100_000}) {
            ByteString content = bytes(new SplittableRandom(total), total);
            int size = Fragment.bodySize(total, 0);
            assertThat(Fragment.cut(content, 0, size).isLast()).isTrue();
            assertThat(Fragment.cut(content, 0, size).encode().size()).isEqualTo(size);
            if (total > 1 && size > Fragment.MIN_ROOM) {
                assertThat(Fragment.cut(content, 0, size - 1).isLast()).isFalse();
            }
        }
    }

    @Test
    void dropsWhatLeavesAGap() {
        ByteString content = bytes(new SplittableRandom(1), 300);
        ContentId id = ContentId.of(content);
        Joiner joiner = Joiner.empty()
                .take(SLOT, new Fragment(id, 300, 0, content.slice(0, 100)))
                .next();
        assertThat(joiner.progress()).containsKey(SLOT);
        Joiner.Joined gap = joiner.take(SLOT, new Fragment(id, 300, 200, content.slice(200, 300)));
        assertThat(gap.complete()).isEmpty();
        assertThat(gap.next().progress()).isEmpty();
    }

    @Test
    void startsAnewWhenAContentStartsAnew() {
        ByteString content = bytes(new SplittableRandom(1), 300);
        ContentId id = ContentId.of(content);
        Joiner joiner = Joiner.empty()
                .take(SLOT, new Fragment(id, 300, 0, content.slice(0, 100)))
                .next();
        joiner = joiner.take(SLOT, new Fragment(id, 300, 0, content.slice(0, 50)))
                .next();
        assertThat(joiner.take(SLOT, new Fragment(id, 300, 50, content.slice(50, 300)))
                        .complete())
                .contains(content);
    }

    @Test
    void keepsSlotsApart() {
        ByteString content = bytes(new SplittableRandom(1), 300);
        ContentId id = ContentId.of(content);
        Joiner joiner = Joiner.empty()
                .take(1, new Fragment(id, 300, 0, content.slice(0, 100)))
                .next();
        assertThat(joiner.take(2, new Fragment(id, 300, 100, content.slice(100, 300)))
                        .complete())
                .isEmpty();
        assertThat(joiner.interrupt(2)).isSameAs(joiner);
        assertThat(joiner.take(1, new Fragment(id, 300, 100, content.slice(100, 300)))
                        .complete())
                .contains(content);
    }

    @Test
    void dropsBytesThatHaveAnotherIdThanTheyWereSentUnder() {
        ByteString content = bytes(new SplittableRandom(1), 300);
        ContentId other = ContentId.of(bytes(new SplittableRandom(2), 300));
        assertThat(Joiner.empty()
                        .take(SLOT, new Fragment(other, 300, 0, content))
                        .complete())
                .isEmpty();
    }

    @Test
    void holdsNoMoreThanItsLimitForAllSlots() {
        Joiner joiner = Joiner.empty();
        ByteString piece = ByteString.wrap(new byte[1 << 20]);
        ContentId id = new ContentId(ByteString.wrap(new byte[16]));
        for (int slot = 0; slot < 100; slot++) {
            joiner = joiner.take(slot, new Fragment(id, BoardLimits.MAX_CONTENT_BYTES, 0, piece))
                    .next();
        }
        assertThat(joiner.progress()).hasSize((int) (BoardLimits.MAX_JOINING_BYTES >> 20));
        assertThat(joiner.interrupt(99).progress()).hasSize((int) (BoardLimits.MAX_JOINING_BYTES >> 20) - 1);
    }

    private static ByteString bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.wrap(bytes);
    }
}
