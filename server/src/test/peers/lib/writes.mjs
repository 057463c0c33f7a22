// Baileys does not wait for its own writes, and its files are not replaced but overwritten: a process that ends within
// one leaves credentials that the next one cannot read, so that it shows a QR code.
const started = new Set()

/** The same function, which writes; what it began is known here. */
export function followed(write) {
  return (...data) => {
    const writing = write(...data).finally(() => started.delete(writing))
    started.add(writing)
    return writing
  }
}

/** Settles when no write is under way, also none that began while it waited. */
export async function written() {
  while (started.size > 0) await Promise.allSettled(started)
}
