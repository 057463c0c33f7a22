package dev.switchboard.whatsapp.media;

/** Media that could not be had, within the package. */
final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final MediaFault fault;

  MediaException(MediaFault fault, String detail) {
    // An outcome that callers switch on; nobody reads its stack.
    super(detail, null, false, false);
    this.fault = fault;
  }

  MediaFault fault() {
    return fault;
  }
}
