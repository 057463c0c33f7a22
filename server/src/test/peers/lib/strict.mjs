// Baileys ignores the result of libsignal's verifySignature, and libsignal skips the check of a signed prekey
// (its fourth argument). Made real here, before Baileys is loaded: a bad signature throws.
import { createRequire } from 'node:module'

const curve = createRequire(import.meta.url)('libsignal/src/curve.js')
const verify = curve.verifySignature

curve.verifySignature = (publicKey, message, signature) => {
  if (!verify(publicKey, message, signature)) throw new Error('bad signature')
  return true
}
