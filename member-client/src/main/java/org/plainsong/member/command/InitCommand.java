package org.plainsong.member.command;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plainsong.commands.OutputOptions;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.vault.KeyCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plainsong member init}. */
@Command(
        name = "init",
        description = "Make an encrypted profile with fresh keys, and print the card for the admins.",
        footer = {"", "Example:  plainsong member init --profile ~/.plainsong/member"})
final class InitCommand implements Callable<Integer> {
    @Mixin
    private ProfileOptions profile = new ProfileOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        byte[] passphrase = profile.passphrase().readNew("New passphrase");
        try (MemberProfile made = ProfileOptions.attempt(() -> MemberProfile.create(
                profile.directory(), passphrase, KeyCost.standard(), ProfileOptions.randomness()))) {
            String card = made.card().text();
            output.report().line(card);
            output.report().result(Map.of("card", card));
            output.report().progress("Hand this card to the admins of your group. Nobody can reset the passphrase.");
            return 0;
        } catch (org.plainsong.member.vault.VaultException e) {
            throw ProfileOptions.failure(e);
        } finally {
            Arrays.fill(passphrase, (byte) 0);
        }
    }
}
