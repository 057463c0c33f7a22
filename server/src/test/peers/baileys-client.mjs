// Baileys as a peer under a test's control; see lib/protocol.mjs for how, README.md for the commands.
import { options } from './lib/options.mjs'
import { emit, serve } from './lib/protocol.mjs'
import { followed, written } from './lib/writes.mjs'
import { dispatcher } from './lib/media.mjs'
import { scan } from './lib/phone.mjs'
import { textOf } from './lib/text.mjs'

if (options.strict) await import('./lib/strict.mjs')
if (options.forge) await import('./lib/forgeries.mjs')
const { default: pino } = await import('pino')
const { generateMessageIDV2, makeWASocket, useMultiFileAuthState, makeCacheableSignalKeyStore, proto, WA_CERT_DETAILS } =
  await import('@whiskeysockets/baileys')

const RESTART_REQUIRED = 515
const CIPHERTEXT = proto.WebMessageInfo.StubType.CIPHERTEXT
const STATUS = { 0: 'error', 3: 'delivered', 4: 'read', 5: 'played' }
const logger = pino({ level: options.log }, pino.destination({ fd: 2, sync: true }))
// Each message as soon as it is being sent: the request for a copy may overtake the end of our own sendMessage, which
// waits until files are written, and Baileys looks for the message once.
const sent = new Map()
const received = new Map()
let socket

if (options.root) WA_CERT_DETAILS.PUBLIC_KEY = options.root

async function connect(argument) {
  const { state, saveCreds } = await useMultiFileAuthState(options.auth)
  const keys = makeCacheableSignalKeyStore(state.keys, logger)
  socket = makeWASocket({
    auth: { creds: state.creds, keys: { ...keys, set: followed(keys.set) } },
    waWebSocketUrl: options.url,
    pushName: options.name,
    options: { dispatcher },
    getMessage: async key => sent.get(key.id),
    logger,
  })
  socket.ev.on('creds.update', followed(saveCreds))
  // Baileys counts a sync when the phone's history and app state were read; until then it holds back messages.
  socket.ev.on('creds.update', ({ me }) => me?.name && emit('named', { name: me.name }))
  socket.ev.on('creds.update', ({ accountSyncCounter }) => accountSyncCounter && emit('synced'))
  socket.ev.on('connection.update', update => connectionChanged(update, argument))
  socket.ev.on('presence.update', ({ id, presences }) => presenceChanged(id, presences))
  socket.ev.on('messages.upsert', ({ messages }) => messages.forEach(messageCame))
  socket.ev.on('messages.update', updates => updates.forEach(receiptCame))
}

function connectionChanged({ qr, isNewLogin, connection, lastDisconnect }, argument) {
  if (qr) qrShown(qr, argument)
  if (isNewLogin) emit('paired', identity())
  if (connection === 'open') emit('open', identity())
  if (connection === 'close') closed(lastDisconnect?.error, argument)
}

async function qrShown(text, { scan: scanItself, phone }) {
  if (phone) return codeShown(phone)
  emit('qr', { text })
  if (scanItself) await scan(text)
}

// Only the first of the QR codes is taken for a sign that the server is ready.
async function codeShown(phone) {
  if (socket.authState.creds.pairingCode) return
  emit('code', { text: await socket.requestPairingCode(phone) })
}

function closed(error, argument) {
  const code = error?.output?.statusCode
  if (code === RESTART_REQUIRED) return connect(argument)
  emit('closed', { code, reason: error?.message })
}

function identity() {
  const { id, lid } = socket.authState.creds.me
  return { jid: id, lid }
}

function messageCame({ key, message, pushName, status, messageStubType, messageStubParameters }) {
  // A receipt that overtakes the end of our own sendMessage arrives as part of the message itself.
  if (sent.has(key.id)) return receiptCame({ key, update: { status } })
  received.set(key.id, key)
  const origin = { id: key.id, from: key.remoteJid, fromAlternative: key.remoteJidAlt, fromMe: key.fromMe, pushName }
  const text = textOf(message)
  if (messageStubType === CIPHERTEXT) emit('undecryptable', { ...origin, reason: messageStubParameters?.[0] })
  else if (text !== undefined) emit('message', { ...origin, text })
}

function presenceChanged(from, presences) {
  for (const { lastKnownPresence, lastSeen } of Object.values(presences))
    emit('presence', { from, state: lastKnownPresence, lastSeen })
}

function receiptCame({ key, update }) {
  const status = STATUS[update.status]
  if (status) emit('receipt', { id: key.id, status, from: key.remoteJid })
}

serve({
  connect,
  async send({ to, text }) {
    const messageId = generateMessageIDV2(socket.user.id)
    const sending = socket.sendMessage(to, { text }, { messageId })
    sent.set(messageId, sending.then(({ message }) => message, () => undefined))
    await sending
    emit('sent', { id: messageId })
  },
  async rename({ name }) {
    await socket.updateProfileName(name)
    emit('changed', {})
  },
  async pin({ to }) {
    await socket.chatModify({ pin: true }, to)
    emit('changed', {})
  },
  typing: ({ to, state }) => socket.sendPresenceUpdate(state, to),
  subscribe: ({ to }) => socket.presenceSubscribe(to),
  markRead: ({ id }) => socket.readMessages([received.get(id)]),
  onWhatsApp: async ({ number }) => emit('onWhatsApp', { found: (await socket.onWhatsApp(number)) ?? [] }),
  logout: () => socket.logout(),
  close: () => socket.end(undefined),
}, written)
