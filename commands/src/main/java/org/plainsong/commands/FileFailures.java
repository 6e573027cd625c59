package org.plainsong.commands;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what the JDK's file exceptions say by their class only. */
final class FileFailures {
    private FileFailures() {}

    static CommandFailure describe(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> failure("there is no " + f.getFile(), "Check the path.", e);
            case FileNotFoundException f -> failure("cannot open " + f.getMessage(), "Check the path.", e);
            case AccessDeniedException f ->
                failure("no permission for " + f.getFile(), "Check the owner and the mode of the file.", e);
            case FileAlreadyExistsException f ->
                failure(f.getFile() + " exists already", "Choose another name, or move it away first.", e);
            case DirectoryNotEmptyException f ->
                failure(f.getFile() + " is not empty", "Choose an empty or new directory.", e);
            case NotDirectoryException f -> failure(f.getFile() + " is not a directory", "Check the path.", e);
            case FileSystemException f ->
                failure(f.getFile() + ": " + f.getReason(), "Check the path and the space left on the disk.", e);
            default ->
                failure(
                        e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(),
                        "Check the path, the space left on the disk and the connection.",
                        e);
        };
    }

    private static CommandFailure failure(String what, String next, IOException cause) {
        return new CommandFailure(ExitCode.FAILED, what, next, cause);
    }
}
