package dev.switchboard.loadtest.soak;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each text says, so that it is known wherever it comes.
 *
 * @param chat number of the chat among all chats of the run
 * @param place of the message in it
 */
record Nonce(int chat, int place) {
  private static final Pattern FORM = Pattern.compile("^soak (\\d{1,6})/(\\d{1,9})$");

  String text() {
    return "soak " + chat + "/" + place;
  }

  static Optional<Nonce> in(String text) {
    Matcher found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(new Nonce(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }
}
