package dev.switchboard.loadtest.crash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each body carries, so that a message is known however often and under whatever id it comes.
 *
 * @param chat number of the chat among all chats of the run
 * @param place of the message in it: the next one is asked for when this one was accepted
 */
record Nonce(int chat, int place) {
  private static final Pattern FORM = Pattern.compile("^nonce (\\d+)/(\\d+)$");

  String text() {
    return "nonce " + chat + "/" + place;
  }

  static Optional<Nonce> in(String text) {
    Matcher found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(new Nonce(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }
}
