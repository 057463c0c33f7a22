package dev.switchboard.whatsapp.health;

import dev.switchboard.model.instance.StateCause;

/** What the evidence says about a connection that was thought to work. */
public sealed interface Finding {
  StateCause cause();

  String detail();

  /** It does not work, for now. */
  record Ill(StateCause cause, String detail) implements Finding {}

  /** It has not worked for so long that another one should be tried. */
  record Hopeless(StateCause cause, String detail) implements Finding {}
}
