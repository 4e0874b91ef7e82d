package dev.hilo.inbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.camunda.client.annotation.JobWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The rules of the house that a compiler does not know. */
class NamesArchTest {

  private static final JavaClasses HILO =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hilo");

  /** What several channels of one provider share; no channel by itself. */
  private static final String SHARED = "dev.hilo.meta";

  private static final String CONTRACT = "dev.hilo.channel";

  @Test
  void shouldKeepChannelsAwayFromEachOtherAndFromTheirSurroundings() {
    assertThat(channelPackages()).isNotEmpty();
    for (String channel : channelPackages()) {
      noClasses()
          .that()
          .resideInAPackage(channel + "..")
          .should()
          .dependOnClassesThat(outside(List.of(channel, CONTRACT, SHARED)))
          .because("a channel sees its provider and the contract, nothing else of Hilo")
          .check(HILO);
    }
    noClasses()
        .that()
        .resideInAPackage(SHARED + "..")
        .should()
        .dependOnClassesThat(outside(List.of(SHARED, CONTRACT)))
        .check(HILO);
    noClasses()
        .that()
        .resideInAPackage(CONTRACT + "..")
        .should()
        .dependOnClassesThat(outside(List.of(CONTRACT)))
        .check(HILO);
  }

  @Test
  void shouldKnowChannelsOnlyByTheirContract() {
    for (String unseen : Stream.concat(channelPackages().stream(), Stream.of(SHARED)).toList()) {
      noClasses()
          .that()
          .resideInAPackage("dev.hilo.inbox..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(unseen + "..")
          .check(HILO);
    }
  }

  /** The packages of all channels on the class path. */
  private static List<String> channelPackages() {
    return InstalledChannels.providers().stream()
        .map(provider -> provider.getClass().getPackageName())
        .toList();
  }

  /** Classes of Hilo that are in none of these packages, and those of Spring and Camunda. */
  private static DescribedPredicate<JavaClass> outside(List<String> packages) {
    return DescribedPredicate.describe(
        "are of Hilo outside " + packages + ", of Spring or of Camunda",
        other -> {
          String name = other.getPackageName() + ".";
          return name.startsWith("org.springframework.")
              || name.startsWith("io.camunda.")
              || (name.startsWith("dev.hilo.")
                  && packages.stream().noneMatch(own -> name.startsWith(own + ".")));
        });
  }

  @Test
  void shouldLetFeaturesDependOnEachOtherInOneDirectionOnly() {
    slices().matching("dev.hilo.inbox.(*)..").should().beFreeOfCycles().check(HILO);
  }

  @Test
  void shouldCatchEngineErrorsInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage("dev.hilo.inbox..")
        .and()
        .resideOutsideOfPackage("dev.hilo.inbox.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.camunda.client.exception..")
        .check(HILO);
  }

  @Test
  void shouldNameWorkersByTheirJobType() {
    for (JavaMethod method : workerMethods()) {
      String type = method.getAnnotationOfType(JobWorker.class).type();
      StringBuilder name = new StringBuilder();
      for (String word : type.split("-", -1)) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
      assertThat(method.getOwner().getSimpleName())
          .as("the class that works on jobs of type " + type)
          .isEqualTo(name + "Worker");
    }
  }

  @Test
  void shouldHaveOneWorkerForEachJobTypeInTheModels() throws IOException {
    // given
    Set<String> drawn = new TreeSet<>();
    for (Resource model :
        new PathMatchingResourcePatternResolver().getResources("classpath*:processes/*.bpmn")) {
      Matcher type =
          Pattern.compile("<zeebe:taskDefinition type=\"([^\"]+)\"")
              .matcher(model.getContentAsString(StandardCharsets.UTF_8));
      while (type.find()) {
        drawn.add(type.group(1));
      }
    }

    // when
    List<String> served =
        workerMethods().stream()
            .map(method -> method.getAnnotationOfType(JobWorker.class).type())
            .sorted()
            .toList();

    // then
    assertThat(drawn).isNotEmpty();
    assertThat(served).doesNotHaveDuplicates().containsExactlyElementsOf(drawn);
  }

  @Test
  void shouldNotSpeakTheLanguageOfAProvider() throws IOException {
    // given
    Pattern words =
        Pattern.compile(
            "wamid|psid|\\bwaba\\b|uidvalidity|phone_number_id|whatsapp|instagram|messenger|telegram"
                + "|graph\\.facebook",
            Pattern.CASE_INSENSITIVE);
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        // A comment may name the source of a fact.
        String code =
            Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");

        // then
        assertThat(words.matcher(code).results().map(hit -> hit.group()))
            .as("provider words in " + file)
            .isEmpty();
      }
    }
  }

  @Test
  void shouldHaveNoDrawersForEverything() {
    classes()
        .that()
        .resideInAPackage("dev.hilo..")
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .andShould()
        .resideOutsideOfPackages("..util..", "..common..", "..helper..", "..dto..", "..impl..")
        .check(HILO);
  }

  private static List<JavaMethod> workerMethods() {
    return HILO.stream()
        .map(JavaClass::getMethods)
        .flatMap(Set::stream)
        .filter(method -> method.isAnnotatedWith(JobWorker.class))
        .toList();
  }
}
