package org.plainsong.core.group;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is reached: {@code https://HOST} or {@code https://HOST:PORT}, nothing behind it (protocol §3). The host is a name or an IPv4 address in
 * lower case, or an IPv6 address in brackets.
 *
 * @param host name or address, with brackets if it is IPv6
 * @param port 1..65535
 * @param authority host and port exactly as written, the beginning of the log's origin (protocol §8)
 */
public record ServerUrl(String host, int port, String authority) {
    /** Most bytes of a URL. */
    public static final int MAX_SIZE = 256;

    private static final Pattern FORM =
            Pattern.compile("https://(([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(?::([1-9][0-9]{0,4}))?)");
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65535;

    /** Reads a URL; nothing if it has another form. */
    public static Optional<ServerUrl> parse(String url) {
        if (url.getBytes(StandardCharsets.UTF_8).length > MAX_SIZE) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group(3);
        int number = port == null ? HTTPS_PORT : Integer.parseInt(port);
        return number > MAX_PORT
                ? Optional.empty()
                : Optional.of(new ServerUrl(matcher.group(2), number, matcher.group(1)));
    }
}
