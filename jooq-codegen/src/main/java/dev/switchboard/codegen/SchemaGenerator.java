package dev.switchboard.codegen;

import dev.switchboard.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedAnnotationType;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** From migrations to sources, by way of a PostgreSQL that lives for this only. */
final class SchemaGenerator {
  private static final String PACKAGE = "dev.switchboard.store.jooq";

  private SchemaGenerator() {}

  static void run(Path migrations, Path generated, Path work) throws Exception {
    deleteAll(generated);
    // New each time: what a build that was killed left behind holds another schema.
    var directory = Files.createTempDirectory(Files.createDirectories(work), "postgres-codegen-");
    try (var postgres = EmbeddedPostgres.start(directory, work.resolve("postgres-binaries"))) {
      Flyway.configure()
          .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
          .locations("filesystem:" + migrations)
          // Which has no output in a build: what goes wrong is thrown.
          .loggers("slf4j")
          .load()
          .migrate();
      GenerationTool.generate(configuration(postgres, generated));
    } finally {
      deleteAll(directory);
    }
  }

  private static Configuration configuration(EmbeddedPostgres postgres, Path generated) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(
            new Jdbc()
                .withUrl(postgres.jdbcUrl())
                .withUser(postgres.user())
                .withPassword(postgres.password()))
        .withGenerator(
            new Generator()
                .withDatabase(database())
                .withGenerate(content())
                .withTarget(
                    new Target().withPackageName(PACKAGE).withDirectory(generated.toString())));
  }

  private static Database database() {
    return new Database()
        .withName("org.jooq.meta.postgres.PostgresDatabase")
        .withInputSchema("public")
        .withOutputSchemaToDefault(true)
        .withExcludes("flyway_schema_history")
        .withForcedTypes(new ForcedType().withName("INSTANT").withIncludeTypes("(?i:timestamp.*)"));
  }

  private static Generate content() {
    return new Generate()
        .withRecords(true)
        .withRelations(true)
        .withComments(true)
        .withGeneratedAnnotation(true)
        .withGeneratedAnnotationType(GeneratedAnnotationType.JAVAX_ANNOTATION_PROCESSING_GENERATED)
        .withGeneratedAnnotationDate(false);
  }

  private static void deleteAll(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
