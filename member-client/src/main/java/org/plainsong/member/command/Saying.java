package org.plainsong.member.command;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.plainsong.commands.CommandFailure;
import org.plainsong.commands.OutputOptions;
import org.plainsong.core.message.GroupId;
import org.plainsong.member.MemberHost;
import org.plainsong.member.MemberProfile;
import org.plainsong.member.MemberRuntime;
import org.plainsong.member.control.ControlRequest;
import org.plainsong.member.engine.Draft;
import org.plainsong.member.net.DriverListener;
import org.plainsong.member.net.MemberDriver;
import org.plainsong.member.vault.Vault;
import org.plainsong.member.vault.VaultException;

/** Puts a draft into the outbox: through the member that runs, or, if none does, straight into the vault. */
final class Saying {
    private Saying() {}

    static int say(ProfileOptions profile, OutputOptions output, Draft draft) throws IOException {
        byte[] passphrase = profile.passphrase().read("Passphrase");
        try {
            Vault.Look look = profile.look(passphrase);
            Optional<String> handed = Handover.ask(profile, look, new ControlRequest.Say(draft));
            String id = handed.isPresent() ? handed.get() : offline(profile, passphrase, draft);
            output.report().line(id);
            output.report().result(Map.of("id", id, "running", handed.isPresent()));
            if (handed.isEmpty()) {
                output.report().progress("It waits in the outbox. It goes out while this runs: plainsong member run");
            }
            return 0;
        } finally {
            java.util.Arrays.fill(passphrase, (byte) 0);
        }
    }

    private static String offline(ProfileOptions profile, byte[] passphrase, Draft draft) {
        try (MemberProfile open = profile.open(passphrase);
                MemberHost host = new MemberHost(1, ProfileOptions.randomness())) {
            GroupId group = profile.choose(open.groups());
            try (MemberRuntime member = host.member(open, group, OptionalInt.empty(), new DriverListener() {})) {
                return member.say(draft).join().hex();
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof MemberDriver.RefusedException refused) {
                throw CommandFailure.refused(String.valueOf(refused.getMessage()), "Nothing was put into the outbox.");
            }
            throw e;
        } catch (VaultException e) {
            throw ProfileOptions.failure(e);
        }
    }
}
