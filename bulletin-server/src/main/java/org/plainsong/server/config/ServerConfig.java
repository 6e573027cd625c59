package org.plainsong.server.config;

/**
 * Everything that an operator can set, as one checked value. Keys of the file are the component names in snake case.
 *
 * @param server what the server says of itself and where it listens
 * @param limits what others may take of it
 * @param peers connections to the other servers
 * @param storage where and how things are kept
 * @param work threads
 * @param logging log lines
 * @param admin local administration
 */
public record ServerConfig(
        @Section("What this server tells others about itself, and where it listens.")
        Server server,

        @Section(
                "What a connection may take. All of it holds for strangers; members are bound by their group's rules too.")
        Limits limits,

        @Section("Connections to the other servers of a group.")
        Peers peers,

        @Section("The archive on disk.") Storage storage,
        @Section("Threads.") Work work,

        @Section("Log lines go to standard error. They hold no address and no member.")
        Logging logging,

        @Section("Local administration.") Admin admin) {

    /**
     * The table [server].
     *
     * @param name short name in cards and groups
     * @param operator who runs it
     * @param listen where it listens
     * @param publicUrl where others reach it
     */
    public record Server(
            @Key(doc = "Short name of this server in its card; 1 to 64 bytes.", standard = "server")
            String name,

            @Key(
                    doc = "Person or organisation that runs it, as members will see it; 1 to 64 bytes.",
                    standard = "unnamed")
            String operator,

            @Key(doc = "Address and port to listen on. Port 0 takes any free one.", standard = "127.0.0.1:8443")
            HostPort listen,

            @Key(
                    doc =
                            "URL under which members and the other servers reach it, for the card. Empty: https:// and the address above.",
                    standard = "")
            String publicUrl) {
        /** The URL for the card. */
        public String url() {
            return publicUrl.isEmpty() ? "https://" + listen : publicUrl;
        }
    }

    /**
     * The table [limits].
     *
     * @param connections at once
     * @param connectionsPerAddress at once from one address
     * @param handshakeSeconds for TLS
     * @param firstFrameSeconds to prove a key
     * @param requestsPerSecond from one address
     * @param statementsPerSecond on one connection
     * @param idleSeconds before a ping
     * @param outgoingBytes waiting for one reader
     */
    public record Limits(
            @Key(doc = "Connections at once, of everybody together.", standard = "10000", min = 4, max = 1_000_000)
            int connections,

            @Key(
                    doc =
                            "Connections at once from one address. Those from this machine itself are not counted by address: a proxy or an onion service brings everybody from there.",
                    standard = "256",
                    min = 1,
                    max = 1_000_000)
            int connectionsPerAddress,

            @Key(doc = "Time for the TLS handshake.", unit = "seconds", standard = "10", min = 1, max = 120)
            int handshakeSeconds,

            @Key(
                    doc = "Time from the handshake to a whole request, and again to the proof of a key on a WebSocket.",
                    unit = "seconds",
                    standard = "10",
                    min = 1,
                    max = 120)
            int firstFrameSeconds,

            @Key(
                    doc = "HTTP requests from one address, on average; bursts may be ten times that.",
                    unit = "requests per second",
                    standard = "50",
                    min = 1,
                    max = 1_000_000)
            int requestsPerSecond,

            @Key(
                    doc = "Statements on one connection of a member, on average; bursts may be ten times that.",
                    unit = "statements per second",
                    standard = "200",
                    min = 1,
                    max = 1_000_000)
            int statementsPerSecond,

            @Key(
                    doc =
                            "A connection that has been silent this long is asked whether it lives, and closed when it stays silent as long again.",
                    unit = "seconds",
                    standard = "30",
                    min = 1,
                    max = 3600)
            int idleSeconds,

            @Key(
                    doc =
                            "What may wait for one slow member before its connection is closed. It must hold the entries that a member who was away catches up on; they are sent piece by piece.",
                    unit = "bytes",
                    standard = "67108864",
                    min = 1_048_576,
                    max = 1_073_741_824)
            int outgoingBytes) {}

    /**
     * The table [peers].
     *
     * @param reconnectMinMillis first pause
     * @param reconnectMaxMillis longest pause
     */
    public record Peers(
            @Key(
                    doc = "First pause before a lost connection is tried again; it doubles, with chance mixed in.",
                    unit = "milliseconds",
                    standard = "200",
                    min = 10,
                    max = 60_000)
            int reconnectMinMillis,

            @Key(
                    doc = "Longest pause between two tries.",
                    unit = "milliseconds",
                    standard = "10000",
                    min = 10,
                    max = 3_600_000)
            int reconnectMaxMillis) {}

    /**
     * The table [storage].
     *
     * @param minFreeBytes below which nothing is certified
     */
    public record Storage(
            @Key(
                    doc =
                            "Free space below which the groups of this server stop certifying, so that the disk is never filled to the last byte. They go on by themselves when there is room.",
                    unit = "bytes",
                    standard = "268435456",
                    max = 1_000_000_000_000L)
            long minFreeBytes) {}

    /**
     * The table [work].
     *
     * @param networkThreads event loops
     * @param computeThreads for shares and setups
     */
    public record Work(
            @Key(doc = "Threads that read and write connections; 0 for one a processor.", standard = "0", max = 256)
            int networkThreads,

            @Key(doc = "Threads for shares and setups; 0 for one a processor.", standard = "0", max = 256)
            int computeThreads) {}

    /**
     * The table [logging].
     *
     * @param format how lines look
     * @param level which lines
     */
    public record Logging(
            @Key(doc = "How a line looks: human or json.", standard = "human")
            LogFormat format,

            @Key(doc = "Which lines are written: warn, info or debug.", standard = "info")
            LogLevel level) {}

    /**
     * The table [admin].
     *
     * @param socket path of the Unix-domain socket
     */
    public record Admin(
            @Key(
                    doc =
                            "Unix-domain socket for `plainsong server status` and its like; a path of at most 100 bytes, relative to the data directory. Only the user that runs the server may open it.",
                    standard = "admin.sock")
            String socket) {}
}
