package dev.switchboard.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The invariants of ARCHITECTURE.md, in its words. */
@AnalyzeClasses(packages = "dev.switchboard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "dev.switchboard.";
  private static final String[] CORE = {
    BASE + "instance..",
    BASE + "outbox..",
    BASE + "inbox..",
    BASE + "history..",
    BASE + "connector..",
    BASE + "access..",
    BASE + "contact..",
    BASE + "event..",
    BASE + "journal",
    BASE + "journal.log",
    BASE + "projection..",
    BASE + "pacing..",
    BASE + "cache..",
    BASE + "thread..",
    BASE + "webhook..",
  };
  private static final String GENERATED_SCHEMA = BASE + "store.jooq..";
  private static final String MODEL = BASE + "model..";
  private static final String[] EDGES = {
    BASE + "grpc..",
    BASE + "web..",
    BASE + "store..",
    BASE + "whatsapp..",
    BASE + "sandbox..",
    BASE + "journal.chronicle..",
    BASE + "egress..",
  };

  @ArchTest
  static final ArchRule modelKnowsOnlyTheJdk =
      noClasses()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .dependOnClassesThat(resideOutsideOfPackages("java..", "org.jspecify..", MODEL))
          .because("the model knows the JDK and JSpecify, nothing else");

  @ArchTest
  static final ArchRule coreKnowsNoEdge =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages(
                  and(CORE, "java..", "javax.crypto..", "org.jspecify..", "org.slf4j..", MODEL)))
          .because("the core knows the model and itself: no transport, no storage, no network");

  @ArchTest
  static final ArchRule noEdgeKnowsAnother =
      slices()
          .matching(BASE + "(*)..")
          .namingSlices("$1")
          .as("edges")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(DescribedPredicate.not(anEdge()), DescribedPredicate.alwaysTrue())
          .ignoreDependency(DescribedPredicate.alwaysTrue(), DescribedPredicate.not(anEdge()))
          .ignoreDependency(resideInAnyPackage(BASE + "web.."), resideInAnyPackage(BASE + "grpc.."))
          .ignoreDependency(
              resideInAnyPackage(BASE + "sandbox.."),
              resideInAnyPackage(
                  BASE + "whatsapp.wire..",
                  BASE + "whatsapp.signal..",
                  BASE + "whatsapp.crypto..",
                  BASE + "whatsapp.proto.."))
          .because("no edge knows another, but for web (grpc) and sandbox (the wire and Signal)");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(BASE + "(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAnyPackage(GENERATED_SCHEMA), resideInAnyPackage(GENERATED_SCHEMA));

  @ArchTest
  static final ArchRule sandboxKnowsNeitherCoreNorEngine =
      noClasses()
          .that()
          .resideInAPackage(BASE + "sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              and(
                  CORE,
                  MODEL,
                  BASE + "whatsapp.cobalt..",
                  BASE + "whatsapp.session..",
                  BASE + "whatsapp.account.."))
          .because("the sandbox speaks with the rest only over sockets");

  @ArchTest
  static final ArchRule cobaltIsImportedOnce =
      importedOnlyBy("it.auties.whatsapp..", BASE + "whatsapp.cobalt..");

  @ArchTest
  static final ArchRule libsignalIsImportedOnce =
      importedOnlyBy("com.github.auties00.libsignal..", BASE + "whatsapp.signal..");

  @ArchTest
  static final ArchRule curveIsImportedOnce =
      importedOnlyBy("com.github.auties00.curve25519..", BASE + "whatsapp.crypto..");

  @ArchTest
  static final ArchRule jooqIsImportedOnce = importedOnlyBy("org.jooq..", BASE + "store..");

  @ArchTest
  static final ArchRule hikariIsImportedOnce =
      importedOnlyBy("com.zaxxer.hikari..", BASE + "store..");

  @ArchTest
  static final ArchRule armeriaIsImportedOnce =
      importedOnlyBy("com.linecorp.armeria..", BASE + "web..", BASE + "egress.client..");

  @ArchTest
  static final ArchRule mvStoreIsImportedOnce =
      importedOnlyBy("org.h2.mvstore..", BASE + "sandbox.state..");

  @ArchTest
  static final ArchRule chronicleIsImportedOnce =
      importedOnlyBy("net.openhft..", BASE + "journal.chronicle..");

  @ArchTest
  static final ArchRule theJournalsEncodingKnowsNoStorage =
      noClasses()
          .that()
          .resideInAPackage(BASE + "journal.codec..")
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages(
                  and(CORE, "java..", "org.jspecify..", MODEL, BASE + "journal.codec..")))
          .because("how entries are written down does not depend on where they are kept");

  @ArchTest
  static final ArchRule nobodyWorksInTheCommonPool =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ForkJoinPool")
          .because("work has an owner: a virtual thread or a named executor");

  private static String[] and(String[] packages, String... more) {
    return Stream.concat(Arrays.stream(packages), Arrays.stream(more)).toArray(String[]::new);
  }

  private static ArchRule importedOnlyBy(String technology, String... owners) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(and(owners, BASE + "codegen.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(technology)
        .because("each technology is imported in one package");
  }

  private static DescribedPredicate<JavaClass> anEdge() {
    return resideInAnyPackage(EDGES);
  }
}
