package org.plainsong.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the window may touch. */
@AnalyzeClasses(packages = "org.plainsong.desktop", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    /** ArchUnit's own option knows target/test-classes only, not the folder of a -Dfast build. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule windowShowsAMemberAndNothingElse = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.plainsong.server..", "org.plainsong.audit..", "org.plainsong.testbed..")
            .because("the window is a projection of the member's snapshots");
}
