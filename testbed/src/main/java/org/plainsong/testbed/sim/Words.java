package org.plainsong.testbed.sim;

import org.plainsong.core.message.AttemptId;
import org.plainsong.core.message.Failed;
import org.plainsong.core.message.Frame;
import org.plainsong.core.message.Header;
import org.plainsong.core.message.Inventory;
import org.plainsong.core.message.Message;
import org.plainsong.core.message.PeerHello;
import org.plainsong.core.message.Proposal;

/** Frames in a few words, for whoever reads a trace. */
final class Words {
    private Words() {}

    static String of(Frame frame) {
        return switch (frame) {
            case Frame.Challenge ignored -> "challenge";
            case Frame.Statement statement ->
                statement.packet().statement().message().type()
                        + details(statement.packet().statement().message())
                        + (statement.packet().body().isEmpty()
                                ? ""
                                : " + " + statement.packet().body().size() + " bytes");
            case Frame.EntryFrame entry -> "entry " + entry.index();
            case Frame.Problem problem -> "problem " + problem.code();
            case Frame.Leaves ignored -> "leaves";
            case Frame.SetupOffer offer ->
                "setup offer of epoch " + offer.proposal().message().epoch();
            case Frame.Fetch.Entries entries -> "asks for entries from " + entries.from();
            case Frame.Fetch.EnrolmentOf ignored -> "asks for an enrolment";
            case Frame.Fetch.OfAttempt asked ->
                "asks for " + asked.type() + " of " + asked.server() + " at " + at(asked.at());
            case Frame.Fetch.CurrentLeaves ignored -> "asks for the leaves";
            case Frame.Fetch.OfRun asked -> "asks for " + asked.type() + " of " + asked.server();
        };
    }

    private static String details(Message message) {
        return switch (message) {
            case Header header -> " " + header.member() + " " + at(header.at());
            case Inventory inventory ->
                " of " + inventory.server() + " " + at(inventory.at()) + ", "
                        + inventory.headers().size() + " headers, "
                        + inventory.hellos().size() + " hellos"
                        + (inventory.endWish() ? ", wishes the end" : "");
            case Failed failed ->
                " of " + failed.server() + " " + at(failed.at()) + (failed.revealed() ? " revealed" : "");
            case Message.OfAttempt other -> " " + at(other.at());
            case Proposal proposal -> " of epoch " + proposal.epoch();
            case PeerHello hello ->
                " above " + hello.signsAbove() + " epoch " + hello.epoch() + " entries " + hello.entries();
            default -> "";
        };
    }

    private static String at(AttemptId at) {
        return at.epoch().value().hex().substring(0, 4) + "/" + at.round() + "/" + at.attempt();
    }
}
