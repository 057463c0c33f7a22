// Command line of both clients.
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    root: { type: 'string' },
    name: { type: 'string' },
    auth: { type: 'string' },
    log: { type: 'string', default: 'warn' },
    strict: { type: 'boolean', default: false },
    forge: { type: 'string' },
  },
})

export const options = {
  /** Where the server under test listens, on localhost. */
  url: `wss://localhost:${values.port}/ws/chat`,
  admin: `https://localhost:${values.port}/admin`,
  /** Where its media lies. */
  media: `https://localhost:${values.port}`,
  /** Public key that must have signed the server's Noise certificate chain. */
  root: values.root && Buffer.from(values.root, 'hex'),
  /** The client's push name: the server chooses the simulated phone by it. */
  name: values.name ?? 'peer',
  /** Folder that keeps credentials and sessions between processes. */
  auth: values.auth,
  /** Level of the log on stderr; `trace` shows every stanza. */
  log: values.log,
  /** Make signature checks real where the client ignores their result. */
  strict: values.strict,
  /** Name of a forgery from `forgeries.mjs` that this client commits. */
  forge: values.forge,
}
