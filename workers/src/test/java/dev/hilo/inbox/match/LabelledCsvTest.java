package dev.hilo.inbox.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCsvTest {

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("people.csv"), text);
  }

  @Test
  void shouldReadFebrlsLayout() throws IOException {
    // given
    Path file =
        file(
            """
            rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id
            rec-7-org, ana, soto, 12, prat street, flat 3, talca, 3460, vic, 19840309, 5304218
            rec-7-dup-0, anna, soto, , prat street, , talca, 3461, vic, 19840309, 5304281
            """);

    // when
    LabelledCsv.People read = LabelledCsv.read(List.of(file), Map.of());

    // then
    assertThat(read.people().getFirst())
        .isEqualTo(
            Person.of("rec-7-org")
                .name("ana", "soto")
                .birthDate("19840309")
                .uncheckedDocument("5304218")
                .address("12 prat street flat 3", "talca", "3460", "")
                .build());
    assertThat(read.entities())
        .containsOnly(Map.entry("rec-7-org", "7"), Map.entry("rec-7-dup-0", "7"));
  }

  @Test
  void shouldReadMappedColumns() throws IOException {
    // given
    Path file = file("who,\"first, name\",key\n1,\"Ana \"\"Anita\"\"\",x\n2,Pedro,y\n");

    // when
    LabelledCsv.People read =
        LabelledCsv.read(
            List.of(file),
            Map.of(
                LabelledCsv.Content.ID, List.of("who"),
                LabelledCsv.Content.GIVEN, List.of("first, name"),
                LabelledCsv.Content.TRUTH, List.of("key")));

    // then
    assertThat(read.people())
        .containsExactly(
            Person.of("1").name("Ana \"Anita\"", "").build(),
            Person.of("2").name("Pedro", "").build());
    assertThat(read.entities()).containsEntry("1", "x").containsEntry("2", "y");
  }

  @Test
  void shouldAskForTheTruth() throws IOException {
    Path file = file("id,name\n1,Ana\n");
    assertThatThrownBy(() -> LabelledCsv.read(List.of(file), Map.of()))
        .hasMessageContaining("line 2")
        .hasMessageContaining("--map truth=COLUMN");
  }

  @Test
  void shouldCountPairsOfGroups() {
    // given three records of one person, found by two pairs only
    Truth truth = Truth.of(Map.of("a", "1", "b", "1", "c", "1", "d", "2"));

    // when
    List<Truth.Ids> answer = List.of(new Truth.Ids("a", "b"), new Truth.Ids("b", "c"));

    // then
    assertThat(truth.quality(answer)).isEqualTo(new Truth.Quality(2, 0, 3));
    assertThat(truth.qualityOfGroups(answer)).isEqualTo(new Truth.Quality(3, 0, 3));
    assertThat(truth.quality(List.of(new Truth.Ids("a", "d"))))
        .isEqualTo(new Truth.Quality(0, 1, 3));
  }
}
