package org.plainsong.member.command;

import picocli.CommandLine.Command;

/** {@code plainsong group}. */
@Command(
        name = "group",
        description = "Found a group and decide who belongs.",
        subcommands = {
            AdminKeyCommand.class,
            PolicyCommand.class,
            CreateCommand.class,
            SignCommand.class,
            MergeCommand.class,
            AddMemberCommand.class,
            SubmitCommand.class,
            ShowCommand.class
        },
        footer = {
            "",
            "Example:",
            "  plainsong group admin-key admin.key",
            "  plainsong group create DIR --name 'Night shift' --server a.card --server b.card --server c.card \\",
            "      --admin-key admin.key --admin-name Ada",
            "  (each operator signs DIR/group; then: plainsong group merge DIR SIGNED-FILE)",
            "  plainsong group add-member DIR --card me.card --admin-key admin.key",
            "  plainsong group submit DIR"
        })
public final class GroupCommand {}
