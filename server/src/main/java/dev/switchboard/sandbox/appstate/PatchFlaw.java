package dev.switchboard.sandbox.appstate;

/** A patch that a phone would not believe. */
public final class PatchFlaw extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PatchFlaw(String what) {
    super(what, null, false, false);
  }
}
