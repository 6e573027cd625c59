package org.plainsong.testbed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The arrows between modules, for the whole house but desktop-app, which has its own test. */
@AnalyzeClasses(packages = "org.plainsong", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    /** ArchUnit's own option knows target/test-classes only, not the folder of a -Dfast build. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String CORE = "org.plainsong.core..";
    private static final String BLAME = "org.plainsong.blame..";
    private static final String COMMANDS = "org.plainsong.commands..";
    private static final String MEMBER = "org.plainsong.member..";
    private static final String SERVER = "org.plainsong.server..";
    private static final String AUDIT = "org.plainsong.audit..";
    private static final String DESKTOP = "org.plainsong.desktop..";
    private static final String TESTBED = "org.plainsong.testbed..";
    private static final String ENGINE = "..engine..";

    @ArchTest
    static final ArchRule protocolAndBlameArePure = noClasses()
            .that()
            .resideInAnyPackage(CORE, BLAME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "javafx..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "picocli..",
                    "org.slf4j..",
                    "tools.jackson..")
            .because("server, member, simulation and auditor run the same machines, each with I/O of its own");

    @ArchTest
    static final ArchRule coreUsesNoOtherModule = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BLAME, COMMANDS, MEMBER, SERVER, AUDIT, DESKTOP, TESTBED)
            .because("everything stands on the protocol, which stands on nothing");

    @ArchTest
    static final ArchRule blameUsesCoreOnly = noClasses()
            .that()
            .resideInAPackage(BLAME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMANDS, MEMBER, SERVER, AUDIT, DESKTOP, TESTBED)
            .because("a verdict is the same whoever reaches it");

    @ArchTest
    static final ArchRule commandsKnowNothingOfPlainsong = classes()
            .that()
            .resideInAPackage(COMMANDS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(COMMANDS, "java..", "picocli..", "tools.jackson..", "org.jspecify..")
            .because("all command lines share it; what a command does is in its own module");

    @ArchTest
    static final ArchRule memberUsesCoreBlameAndCommandsOnly = noClasses()
            .that()
            .resideInAPackage(MEMBER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER, AUDIT, DESKTOP, TESTBED)
            .because("a member has nothing of a server in it, and knows of no window");

    @ArchTest
    static final ArchRule serverUsesCoreBlameAndCommandsOnly = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MEMBER, AUDIT, DESKTOP, TESTBED)
            .because("a server must not be able to act as a member");

    @ArchTest
    static final ArchRule auditorTrustsNobodysCode = noClasses()
            .that()
            .resideInAPackage(AUDIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MEMBER, SERVER, DESKTOP, TESTBED)
            .because("whoever checks the servers does not run their code, and holds no secret key");

    @ArchTest
    static final ArchRule enginesAreFreeOfInputAndOutput = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "java.sql..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "picocli..",
                    "org.slf4j..")
            .allowEmptyShould(true)
            .because("the simulation runs the very same nodes: effects leave as values, a driver carries them out");

    @ArchTest
    static final ArchRule enginesHaveNoClock = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .allowEmptyShould(true)
            .because("time arrives as an event, so that a seed replays a whole group");

    @ArchTest
    static final ArchRule enginesSpeakInMessages = noClasses()
            .that()
            .resideInAPackage("org.plainsong.server.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.plainsong.core.wire..")
            .allowEmptyShould(true)
            .because(
                    "bytes stop at the edges: a driver decodes before a node hears of it; the member's engine is excused for now,"
                            + " it reads transcript entries and its vault's records itself");

    @ArchTest
    static final ArchRule windowsAreTheDesktopsAlone = noClasses()
            .that()
            .resideOutsideOfPackage(DESKTOP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..")
            .because("everything else runs on machines without a screen");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveNameMatching(".*(Helper|Util|Impl|Base|Data)s?")
            .because("such a name fits any class and so tells nothing: name it for the thing it is");
}
