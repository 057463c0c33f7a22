// zapo as a peer under a test's control; see lib/protocol.mjs for how, README.md for the commands.
import { ConsoleLogger, createStore, WaClient } from 'zapo-js'
import { options } from './lib/options.mjs'
import { describe, emit, serve } from './lib/protocol.mjs'
import { agent } from './lib/media.mjs'
import { scan } from './lib/phone.mjs'
import { trace } from './lib/trace.mjs'
import { textOf } from './lib/text.mjs'

const DELIVERED = new Set([undefined, 'delivery'])
const received = new Map()
let scanItself = false
let phone

// Credentials live as long as the process: a test closes and connects again within it.
function authInMemory() {
  let credentials = null
  return {
    load: async () => credentials,
    save: async value => { credentials = value },
    clear: async () => { credentials = null },
  }
}

// Why a handshake failed is told to the logger only.
class TellingLogger extends ConsoleLogger {
  error(message, context) {
    super.error(message, context)
    emit('error', { message: `${message}: ${context?.message ?? ''}` })
  }
}

const client = new WaClient({
  store: createStore({ backends: { process: { stores: { auth: authInMemory }, caches: {} } }, providers: { auth: 'process' } }),
  sessionId: options.name,
  chatSocketUrls: [options.url],
  history: { enabled: true },
  maxReconnectAttempts: 1,
  proxy: { mediaDownload: agent },
  testHooks: options.root && { noiseRootCa: { publicKey: options.root, serial: 0 } },
}, new TellingLogger(options.log))

if (options.log === 'trace') {
  client.on('transport_node_out', ({ node }) => trace('->', node))
  client.on('transport_node_in', ({ node }) => trace('<-', node))
}
client.on('auth_qr', async ({ qr }) => {
  if (phone) return codeShown()
  emit('qr', { text: qr })
  if (scanItself) await scan(qr)
})
async function codeShown() {
  const number = phone
  phone = undefined
  try {
    emit('code', { text: await client.requestPairingCode(number) })
  } catch (error) {
    emit('error', { message: describe(error) })
  }
}
client.on('auth_paired', ({ credentials }) => emit('paired', identity(credentials)))
// `connection` says open after the Noise handshake already; logged in is only who got <success>.
client.on('connection_success', () => emit('open', identity(client.getCredentials())))
client.on('connection', ({ status, reason, code }) => {
  if (status === 'close') emit('closed', { code, reason })
})
client.on('history_sync_chunk', () => emit('synced'))
client.on('client_error', ({ error }) => emit('error', { message: describe(error) }))
client.on('transport_decode_error', ({ error }) => emit('error', { message: describe(error) }))
client.on('message', event => {
  const text = textOf(event.message)
  if (text === undefined) return
  const { attrs } = event.rawNode
  received.set(event.stanzaId, event)
  emit('message', {
    id: event.stanzaId, from: event.chatJid, fromAlternative: attrs.sender_pn ?? attrs.sender_lid,
    fromMe: attrs.recipient !== undefined, pushName: attrs.notify, text,
  })
})
client.on('message_receipt', event => emit('receipt', {
  id: event.stanzaId, status: DELIVERED.has(event.stanzaType) ? 'delivered' : event.stanzaType, from: event.chatJid,
}))
client.on('failure', event => emit('error', { message: `failure ${event.failureReason}` }))

function identity(credentials) {
  return { jid: credentials?.meJid, lid: credentials?.meLid }
}

serve({
  async connect(argument) {
    scanItself = argument.scan
    phone = argument.phone
    await client.connect()
  },
  async send({ to, text }) {
    emit('sent', { id: (await client.sendMessage(to, text)).id })
  },
  markRead: ({ id }) => client.sendReceipt({ to: received.get(id).chatJid, id, type: 'read' }),
  logout: () => client.logout(),
  close: () => client.disconnect(),
})
