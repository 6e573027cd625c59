package org.plainsong.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void zeroesItsArrayWhenWipedAndCannotBeReadAfterwards() {
        byte[] owned = {1, 2, 3};
        Secret secret = Secret.wrap(owned);
        secret.close();
        secret.wipe();

        assertThat(owned).containsOnly(0);
        assertThat(secret.isWiped()).isTrue();
        assertThatThrownBy(secret::expose)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wiped");
    }

    @Test
    void leavesCopiesAloneWhenWiped() {
        byte[] source = {1, 2, 3};
        Secret secret = Secret.copyOf(source);
        Secret copy = secret.copy();
        secret.wipe();

        assertThat(source).containsExactly(1, 2, 3);
        assertThat(copy.expose()).containsExactly(1, 2, 3);
        assertThat(copy.size()).isEqualTo(3);
    }

    @Test
    void tellsNothingOfItselfInText() {
        Secret secret = Secret.copyOf(new byte[] {0x41, 0x42});

        assertThat(secret).hasToString("Secret(…)");
        secret.wipe();
        assertThat(secret).hasToString("Secret(wiped)");
    }

    @Test
    void comparesByContentOnlyWhenAsked() {
        Secret one = Secret.copyOf(new byte[] {1, 2});

        assertThat(one.constantTimeEquals(Secret.copyOf(new byte[] {1, 2}))).isTrue();
        assertThat(one.constantTimeEquals(Secret.copyOf(new byte[] {1, 3}))).isFalse();
        assertThat(one.constantTimeEquals(Secret.copyOf(new byte[] {1}))).isFalse();
        assertThat(one).isNotEqualTo(Secret.copyOf(new byte[] {1, 2}));
        assertThat(ConstantTime.equal(new byte[] {1}, new byte[] {1})).isTrue();
        assertThat(ConstantTime.equal(new byte[] {1}, new byte[] {2})).isFalse();
    }
}
