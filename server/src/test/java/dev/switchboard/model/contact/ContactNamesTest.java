package dev.switchboard.model.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContactNamesTest {
  @Test
  void keepsNamesUpToTheLimitInCharactersAndCutsLongerOnes() {
    String most = "🙂".repeat(ContactNames.LONGEST);
    assertThat(ContactNames.ofPush(most).push()).isEqualTo(most);
    assertThat(ContactNames.ofPush(most + "x").push()).isEqualTo(most);
  }

  @Test
  void changesWhatIsToldAndTakesAwayWhatIsToldEmpty() {
    var known = new ContactNames("push", "full", null, "verified");
    var told = new ContactNames(null, "", "first", "new");
    assertThat(known.updatedBy(told)).isEqualTo(new ContactNames("push", null, "first", "new"));
    assertThat(known.updatedBy(ContactNames.NONE)).isEqualTo(known);
  }

  @Test
  void keepsWhatIsKnownOfEither() {
    var one = new ContactNames("one", null, "first", null);
    var other = new ContactNames("other", "full", null, null);
    assertThat(one.orElse(other)).isEqualTo(new ContactNames("one", "full", "first", null));
  }

  @Test
  void hidesTheNames() {
    assertThat(ContactNames.ofPush("Bob").toString()).doesNotContain("Bob");
  }
}
