package org.plainsong.member.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.plainsong.core.board.ContentId;
import org.plainsong.member.MemberRuntime;
import org.plainsong.member.control.ControlAnswer;
import org.plainsong.member.control.ControlRequest;
import org.plainsong.member.net.MemberDriver;
import tools.jackson.databind.json.JsonMapper;

/** What a running member does for other processes of its profile. */
final class Answering implements Function<ControlRequest, ControlAnswer> {
    private final MemberRuntime member;

    Answering(MemberRuntime member) {
        this.member = member;
    }

    @Override
    public ControlAnswer apply(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Say say -> whenDone(member.say(say.draft()));
            case ControlRequest.Cancel cancel -> whenDone(member.cancel(cancel.item()));
            case ControlRequest.PostAnyway anyway -> whenDone(member.postAnyway(anyway.item()));
            case ControlRequest.Status status ->
                new ControlAnswer(true, JsonMapper.shared().writeValueAsString(Shown.status(member.snapshot())));
        };
    }

    private static ControlAnswer whenDone(CompletableFuture<ContentId> done) {
        try {
            return new ControlAnswer(true, done.join().hex());
        } catch (CompletionException e) {
            if (e.getCause() instanceof MemberDriver.RefusedException refused) {
                return new ControlAnswer(false, String.valueOf(refused.getMessage()));
            }
            throw e;
        }
    }
}
