package org.plainsong.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.plainsong.server.config.LogFormat;
import org.plainsong.server.config.ServerConfig;
import org.slf4j.LoggerFactory;

/** Sets up the log of a server as its configuration says. */
final class LogSetup {
    private static final String HUMAN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%ex{short}";

    private LogSetup() {}

    static void apply(ServerConfig.Logging wanted) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, wanted.format()));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        context.getLogger("org.plainsong")
                .setLevel(
                        switch (wanted.level()) {
                            case WARN -> Level.WARN;
                            case INFO -> Level.INFO;
                            case DEBUG -> Level.DEBUG;
                        });
        // Netty's own lines name addresses.
        context.getLogger("io.netty").setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        return switch (format) {
            case HUMAN -> {
                PatternLayoutEncoder human = new PatternLayoutEncoder();
                human.setContext(context);
                human.setPattern(HUMAN);
                human.start();
                yield human;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                json.start();
                yield json;
            }
        };
    }
}
