package org.plainsong.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.plainsong.core.wire.FormatException;

/** What the protocol's packages may touch. The rules between modules are in testbed's ArchitectureTest. */
@AnalyzeClasses(packages = "org.plainsong.core", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    /** ArchUnit's own option knows target/test-classes only, not the folder of a -Dfast build. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule protocolIsPure = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.plainsong.core..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "java.lang..",
                    "java.util..",
                    "java.io",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security..",
                    "java.text",
                    "java.time..",
                    "javax.crypto..",
                    "javax.security.auth")
            .because("the protocol does no I/O: the driver, the simulation and the auditor run the very same machines");

    @ArchTest
    static final ArchRule bytesStopAtWire = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.plainsong.core.wire..",
                    // A content travels inside frames, which hide its layout from everybody else.
                    "org.plainsong.core.board..",
                    // Entries and leaves are published as files: the transcript is an edge.
                    "org.plainsong.core.transcript..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.plainsong.core.wire..").and(not(type(FormatException.class))))
            .because("machines speak in messages; who signs gets the exact bytes through message.Signer");

    @ArchTest
    static final ArchRule messagesKnowNoMachine = noClasses()
            .that()
            .resideInAnyPackage("org.plainsong.core.bytes..", "org.plainsong.core.message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.plainsong.core.group..",
                    "org.plainsong.core.epoch..",
                    "org.plainsong.core.shuffle..",
                    "org.plainsong.core.slot..",
                    "org.plainsong.core.round..",
                    "org.plainsong.core.board..",
                    "org.plainsong.core.transcript..",
                    "org.plainsong.core.anonymity..")
            .because("a message says what was said, not what to do about it");

    @ArchTest
    static final ArchRule packagesFormNoCycle = slices().matching("org.plainsong.core.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each package can be read after those it uses");

    @ArchTest
    static final ArchRule nothingIsRemembered =
            fields().that().areStatic().should().beFinal().because("two groups in one process must not see each other");
}
