package org.plainsong.member.command;

import java.io.IOException;
import java.util.Optional;
import org.plainsong.commands.CommandFailure;
import org.plainsong.member.control.ControlAnswer;
import org.plainsong.member.control.ControlRequest;
import org.plainsong.member.control.ControlSocket;
import org.plainsong.member.vault.Vault;

/** Hands a request to the member that runs from the profile. */
final class Handover {
    private Handover() {}

    /** The running member's answer; nothing if none runs. A refusal is a failure of the command. */
    static Optional<String> ask(ProfileOptions profile, Vault.Look look, ControlRequest request) throws IOException {
        Optional<ControlAnswer> answer = ControlSocket.ask(profile.directory(), look.controlKey(), request);
        if (answer.isPresent() && !answer.get().done()) {
            throw CommandFailure.refused(answer.get().text(), "See: plainsong member outbox");
        }
        return answer.map(ControlAnswer::text);
    }

    /** As {@link #ask}, for what only a running member can do. */
    static String require(ProfileOptions profile, Vault.Look look, ControlRequest request) throws IOException {
        return ask(profile, look, request)
                .orElseThrow(() -> CommandFailure.failed(
                        "no member runs from this profile", "Start it first: plainsong member run"));
    }
}
