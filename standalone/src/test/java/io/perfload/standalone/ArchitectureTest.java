// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls that neither modules nor package-private types can keep. */
class ArchitectureTest {
  private static final List<String> MODULES =
      List.of("common", "cli", "agent", "master", "worker", "standalone");

  private static JavaClasses classes = new ClassFileImporter().importPaths(List.<Path>of());

  @BeforeAll
  static void readAllModules() {
    classes =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream().map(module -> Path.of("..", module, "target/classes")).toList());
  }

  @Test
  void everyModuleWasRead() {
    for (String module : MODULES) {
      assertThat(classes).anyMatch(inside("io.perfload." + module + ".."));
    }
  }

  @Test
  void masterAndWorkerNeverImportEachOther() {
    forbid("io.perfload.master..", "io.perfload.worker..");
    forbid("io.perfload.worker..", "io.perfload.master..");
  }

  @Test
  void theAgentSeesNoServerLibrary() {
    forbid("io.perfload.agent..", "io.netty..", "redis.clients..", "com.mongodb..", "org.bson..");
    forbid("io.perfload.agent..", "io.perfload.common.control..", "io.perfload.common.route..");
  }

  @Test
  void whatAgentsCarryNeedsNothingButTheJdkAndTheHash() {
    noClasses()
        .that()
        .resideInAPackage("io.perfload.common..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "io.perfload.common..",
            "net.openhft..",
            "org.jspecify..",
            "com.google.errorprone..")
        .check(classes);
  }

  @Test
  void thePureCoreImportsNothingOfOursAboveIt() {
    forbid("io.perfload.common.model..", "io.perfload.common.chunk..", "io.perfload.common.wire..");
    forbid(
        "io.perfload.common.chunk..", "io.perfload.common.wire..", "io.perfload.common.control..");
    forbid(
        "io.perfload.common.route..", "io.perfload.common.model..", "io.perfload.common.control..");
    forbid("io.perfload.common.bytes..", "io.perfload.common.model..");
  }

  @Test
  void onlyTheAdaptersKnowTheirStores() {
    noClasses()
        .that()
        .resideInAPackage("io.perfload.worker..")
        .and()
        .resideOutsideOfPackage("io.perfload.worker.redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("io.perfload.worker..")
        .and()
        .resideOutsideOfPackage("io.perfload.worker.mongo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.mongodb..", "org.bson..")
        .check(classes);
  }

  private static void forbid(String from, String... to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> inside(String packages) {
    return JavaClass.Predicates.resideInAPackage(packages);
  }
}
