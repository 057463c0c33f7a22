// The text of a WhatsApp message, whichever of its two kinds carries it; undefined for any other kind.
export function textOf(message) {
  const own = message?.deviceSentMessage?.message ?? message
  return own?.conversation || own?.extendedTextMessage?.text || undefined
}
