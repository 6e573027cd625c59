package org.plainsong.member.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import org.plainsong.core.board.BoardLimits;
import org.plainsong.member.engine.NameChoice;
import picocli.CommandLine.Option;

/** The text of a post, from standard input or a file, and the name it goes out under. */
public final class TextOptions {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Take the text from this file; without it from standard input.")
    private @Nullable Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto (one name for each thread), new (one that was not used yet), or an own name.")
    private String name = "auto";

    NameChoice name() {
        return switch (name) {
            case "auto" -> new NameChoice.Auto();
            case "new" -> new NameChoice.Fresh();
            default -> new NameChoice.Named(name);
        };
    }

    String text() throws IOException {
        try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BoardLimits.MAX_TEXT_BYTES + 1);
            if (bytes.length > BoardLimits.MAX_TEXT_BYTES) {
                throw CommandFailure.usage(
                        "the text is longer than " + BoardLimits.MAX_TEXT_BYTES + " bytes", "Make it shorter.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .stripTrailing();
        } catch (CharacterCodingException e) {
            throw new CommandFailure(2, "the text is not UTF-8", "Save it as UTF-8 and try again.", e);
        }
    }
}
