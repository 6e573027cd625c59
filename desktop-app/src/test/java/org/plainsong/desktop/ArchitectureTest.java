package org.plainsong.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the window may touch. */
@AnalyzeClasses(packages = "org.plainsong.desktop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule windowShowsAMemberAndNothingElse = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.plainsong.server..", "org.plainsong.audit..", "org.plainsong.testbed..")
            .because("the window is a projection of the member's snapshots");
}
