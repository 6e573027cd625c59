package org.plainsong.commands;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven built, as {@code --version} prints it. */
public final class PlainsongVersion implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    /** The version of this build, for instance {@code 0.1.0}. */
    public static String current() {
        try (InputStream in = PlainsongVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the build");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"plainsong " + current(), "Java " + Runtime.version()};
    }
}
