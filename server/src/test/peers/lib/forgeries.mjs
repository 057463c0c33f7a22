// Lies that Baileys tells when it is started with --forge NAME; loaded before it, so that it uses what is patched.
import { createRequire } from 'node:module'
import { options } from './options.mjs'

const require = createRequire(import.meta.url)
const BYTES_FROM_END_INSIDE_THE_MAC = 8

const forgeries = {
  /** The companion's signature in pair-device-sign, over 06 01 ‖ details ‖ keys. */
  'device-signature': () => signWrongly(message => message[0] === 6 && message[1] === 1),
  /** The signature of the signed prekey, over the 33 bytes of a public key. */
  'signed-prekey': () => signWrongly(message => message.length === 33 && message[0] === 5),
  /** The MAC of every Signal message it sends. */
  ciphertext: encryptWrongly,
}

forgeries[options.forge]()

function signWrongly(isMeant) {
  const curve = require('libsignal/src/curve.js')
  const sign = curve.calculateSignature
  curve.calculateSignature = (privateKey, message) => {
    const signature = sign(privateKey, message)
    if (isMeant(message)) signature[0] ^= 1
    return signature
  }
}

function encryptWrongly() {
  const { SessionCipher } = require('libsignal')
  const encrypt = SessionCipher.prototype.encrypt
  SessionCipher.prototype.encrypt = async function (data) {
    const { body, ...rest } = await encrypt.call(this, data)
    const bytes = Buffer.from(body, 'binary')
    bytes[bytes.length - BYTES_FROM_END_INSIDE_THE_MAC] ^= 1
    return { ...rest, body: bytes }
  }
}
