package org.plainsong.member.command;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plainsong.commands.CommandFailure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the passphrase comes from: a prompt, a file descriptor or a file; never an argument or the environment. */
public final class PassphraseOptions {
    private static final int MAX = 4096;
    private static final int MAX_BYTES_OF_A_CHAR = 4;

    @ArgGroup(exclusive = true)
    private @Nullable Source source;

    static final class Source {
        @Option(
                names = "--passphrase-file",
                paramLabel = "FILE",
                description = "Read the passphrase from the first line of this file.")
        private @Nullable Path file;

        @Option(
                names = "--passphrase-fd",
                paramLabel = "N",
                description = "Read the passphrase from the first line of this open file descriptor.")
        private @Nullable Integer descriptor;
    }

    /** The passphrase in UTF-8; the caller wipes it. */
    byte[] read(String prompt) {
        return read(prompt, false);
    }

    /** As above, asked for twice at the prompt, because nobody can reset it. */
    byte[] readNew(String prompt) {
        return read(prompt, true);
    }

    private byte[] read(String prompt, boolean twice) {
        byte[] passphrase = source == null ? fromPrompt(prompt, twice) : fromSource(source);
        if (passphrase.length == 0) {
            throw CommandFailure.usage("the passphrase is empty", "Choose one; six random words are good.");
        }
        return passphrase;
    }

    private static byte[] fromSource(Source source) {
        Integer descriptor = source.descriptor;
        Path path = source.file;
        if (descriptor == null && path == null) {
            throw new IllegalStateException("an option group without an option");
        }
        Path from = path != null ? path : Path.of("/dev/fd/" + descriptor);
        try (InputStream in = Files.newInputStream(from)) {
            return firstLine(in);
        } catch (IOException e) {
            throw new CommandFailure(
                    2,
                    "the passphrase cannot be read from "
                            + (path != null ? "that file" : "file descriptor " + descriptor),
                    "Check the option.",
                    e);
        }
    }

    private static byte[] firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < MAX; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    @SuppressWarnings("SystemConsoleNull") // a runtime image without the terminal module has none
    private static byte[] fromPrompt(String prompt, boolean twice) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw CommandFailure.usage(
                    "there is no terminal to ask for the passphrase", "Give --passphrase-file or --passphrase-fd.");
        }
        char[] typed = console.readPassword("%s: ", prompt);
        if (twice && typed != null) {
            char[] again = console.readPassword("%s, again: ", prompt);
            if (!Arrays.equals(typed, again)) {
                throw CommandFailure.usage("the two are not the same", "Try again.");
            }
        }
        if (typed == null) {
            throw CommandFailure.usage("no passphrase was typed", "Try again.");
        }
        ByteBuffer encoded = ByteBuffer.allocate(MAX_BYTES_OF_A_CHAR * typed.length);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), encoded, true);
        Arrays.fill(typed, '\0');
        byte[] passphrase = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return passphrase;
    }
}
