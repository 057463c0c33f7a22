package dev.switchboard.event.log;

import dev.switchboard.event.log.EventEntry.Kept;
import dev.switchboard.event.log.EventEntry.Part;
import dev.switchboard.event.log.EventEntry.Standing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads what a checkpoint says. */
final class CheckpointCodec {
  private static final int FIXED_BYTES = 4 * Integer.BYTES + 2 * Long.BYTES;

  private CheckpointCodec() {}

  /** The most bytes that it takes. */
  static int size(Part part) {
    return FIXED_BYTES
        + part.standings().size() * (AccountNames.MOST_BYTES + Long.BYTES)
        + part.undeleted().size() * Long.BYTES;
  }

  static void write(ByteBuffer out, Part part) {
    out.putInt(part.number()).putInt(part.of());
    write(out, part.kept());
    out.putInt(part.standings().size());
    for (Standing standing : part.standings()) {
      AccountNames.write(out, standing.account());
      out.putLong(standing.sequence());
    }
    out.putInt(part.undeleted().size());
    part.undeleted().forEach(out::putLong);
  }

  static void write(ByteBuffer out, Kept kept) {
    out.putLong(kept.first()).putLong(kept.gone());
  }

  static Kept kept(ByteBuffer in) {
    return new Kept(in.getLong(), in.getLong());
  }

  static Part read(ByteBuffer in, AccountNames names) {
    int number = in.getInt();
    int of = in.getInt();
    Kept kept = kept(in);
    List<Standing> standings = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      standings.add(new Standing(names.read(in), in.getLong()));
    }
    List<Long> undeleted = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      undeleted.add(in.getLong());
    }
    return new Part(number, of, standings, undeleted, kept);
  }
}
