package dev.switchboard.journal.chronicle.commit;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel cache what is mapped of the file that is written to page by page. Left to itself
 * it reads ahead of whoever follows the writer, in pieces that grow to megabytes, and an entry that
 * is written into such a piece makes all of it go to the disk with the next flush (Linux 6.18 on
 * ext4; file systems with such pieces are XFS since 5.18 and ext4 since 6.16).
 *
 * <p>Readers share the mapping with the writer, who is there first. What was written before a start
 * is read through a mapping that it has not touched yet: there reading ahead is a help, and stays.
 * Used by one thread. Chronicle's library knows this call too, but only with JNR, which we leave
 * out.
 */
final class PageByPage {
  private static final Logger LOG = LoggerFactory.getLogger(PageByPage.class);

  /** {@code MADV_RANDOM} of Linux and the BSDs: nothing is read ahead. */
  private static final int RANDOM = 1;

  private static final Optional<MethodHandle> ADVISE = advise();

  private @Nullable MappedBytesStore advised;

  /** To be called with what is written next: it costs something when that is mapped anew. */
  @SuppressWarnings("ReferenceEquality") // Equal is what holds the same bytes.
  void cache(Bytes<?> bytes) {
    if (bytes.bytesStore() instanceof MappedBytesStore store && store != advised) {
      advised = store;
      advise(store);
    }
  }

  private static void advise(MappedBytesStore store) {
    if (ADVISE.isEmpty()) {
      return;
    }
    try {
      int failed =
          (int)
              ADVISE
                  .get()
                  .invokeExact(
                      MemorySegment.ofAddress(store.addressForRead(store.start())),
                      store.realCapacity(),
                      RANDOM);
      if (failed != 0) {
        LOG.debug("the kernel takes no advice on how to cache the journal");
      }
    } catch (Throwable e) {
      LOG.warn("the kernel cannot be told how to cache the journal", e);
    }
  }

  /** Looks for the system's function, which not every system has. */
  @SuppressWarnings("restricted") // The launcher and the manifest allow it.
  private static Optional<MethodHandle> advise() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("madvise")
        .map(function ->
            linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT)));
  }
}
