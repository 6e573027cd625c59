package org.plainsong.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static EmbeddedChannel connect(Admission admission, String address) {
        EmbeddedChannel channel = new EmbeddedChannel(false, false, admission) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 5000);
            }
        };
        try {
            channel.register();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return channel;
    }

    @Test
    void oneAddressGetsSoManyConnectionsAndAnotherItsOwn() {
        Admission admission = new Admission(100, 3);
        List<EmbeddedChannel> channels = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            channels.add(connect(admission, "192.0.2.1"));
        }
        assertThat(channels.stream().filter(EmbeddedChannel::isOpen)).hasSize(3);
        assertThat(connect(admission, "192.0.2.2").isOpen()).isTrue();
        assertThat(admission.refused()).isEqualTo(2);

        channels.get(0).finish();
        assertThat(connect(admission, "192.0.2.1").isOpen()).isTrue();
        assertThat(admission.open()).isEqualTo(4);
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() {
        Admission admission = new Admission(100, 1);
        assertThat(connect(admission, "2001:db8:0:1::1").isOpen()).isTrue();
        assertThat(connect(admission, "2001:db8:0:1::2").isOpen()).isFalse();
        assertThat(connect(admission, "2001:db8:0:2::1").isOpen()).isTrue();
    }

    @Test
    void thisMachineIsNotCountedByAddressButInAll() {
        Admission admission = new Admission(4, 1);
        for (int i = 0; i < 4; i++) {
            assertThat(connect(admission, "127.0.0.1").isOpen()).isTrue();
        }
        assertThat(connect(admission, "127.0.0.1").isOpen()).isFalse();
        assertThat(connect(admission, "192.0.2.1").isOpen()).isFalse();
    }

    @Test
    void aBucketAllowsABurstAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(2, 0);
        for (int i = 0; i < 20; i++) {
            assertThat(bucket.take(0)).isTrue();
        }
        assertThat(bucket.take(0)).isFalse();
        assertThat(bucket.take(500_000_000)).isTrue();
        assertThat(bucket.take(500_000_000)).isFalse();
        assertThat(bucket.takeAndWait(500_000_000)).isEqualTo(500_000_000);
        assertThat(bucket.isFull(600_000_000)).isFalse();
        assertThat(bucket.isFull(60_000_000_000L)).isTrue();
    }
}
