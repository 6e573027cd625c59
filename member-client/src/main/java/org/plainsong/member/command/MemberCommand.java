package org.plainsong.member.command;

import picocli.CommandLine.Command;

/** {@code plainsong member}. */
@Command(
        name = "member",
        description = "Take part in a group from the command line.",
        subcommands = {
            InitCommand.class,
            CardCommand.class,
            JoinCommand.class,
            RunCommand.class,
            PostCommand.class,
            ReplyCommand.class,
            ReadCommand.class,
            OutboxCommand.class,
            CrowdCommand.class
        },
        footer = {
            "",
            "Example:",
            "  plainsong member init --passphrase-file secret.txt",
            "  plainsong member join group.def --passphrase-file secret.txt",
            "  plainsong member run --passphrase-file secret.txt &",
            "  echo 'Pay talks: what next?' | plainsong member post --passphrase-file secret.txt"
        })
public final class MemberCommand {}
