// A minimal sender on Baileys, measured beside Switchboard. It does what sending asks for and nothing else: keys live in
// memory, nothing is logged, nobody listens to events. Commands come in on stdin, answers go out on stdout, a line each;
// why messages failed is said on stderr:
//
//   recipients NUMBER…                the people to write to, digits only
//   link FIRST COUNT                  → qr NUMBER TEXT                   a code to scan for each account
//                                     → linked FIRST COUNT
//   send MILLIS ACCOUNTS LANES SPREAD BYTES
//                                     → sent COUNT FAILED NANOS BUCKET:COUNT…
//
// ACCOUNTS send, the first of this process, each with LANES messages in flight to SPREAD recipients. A bucket is a tenth of
// a millisecond from sendMessage to the server's acknowledgement. The end of stdin ends the process.
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, root: { type: 'string' } },
})
// libsignal talks to the console, and stdout is ours alone.
console.log = console.info = console.warn = console.error = () => {}

const { default: pino } = await import('pino')
const { initAuthCreds, makeCacheableSignalKeyStore, makeWASocket, generateMessageIDV2, WA_CERT_DETAILS } =
  await import('@whiskeysockets/baileys')
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(options.root, 'hex')

const RESTART_REQUIRED = 515
const LINKED_AT_ONCE = 4
const ACK_PATIENCE_MILLIS = 30_000
const logger = pino({ level: 'silent' })
const accounts = []
let recipients = []

/** Signal keys in a map, behind the cache that Baileys offers for it. */
function keysInMemory() {
  const kept = new Map()
  const store = {
    async get(type, ids) {
      return Object.fromEntries(ids.map(id => [id, kept.get(`${type}.${id}`)]).filter(([, value]) => value))
    },
    async set(data) {
      for (const type in data)
        for (const id in data[type]) {
          if (data[type][id]) kept.set(`${type}.${id}`, data[type][id])
          else kept.delete(`${type}.${id}`)
        }
    },
  }
  return makeCacheableSignalKeyStore(store, logger)
}

/** One account: linked, connected again after pairing, and again whenever its connection ends. */
class Account {
  constructor(number) {
    this.number = number
    this.acks = new Map()
    this.auth = { creds: initAuthCreds(), keys: keysInMemory() }
    this.open = new Promise((resolve, reject) => Object.assign(this, { opened: resolve, refused: reject }))
    this.connect()
  }

  connect() {
    this.socket = makeWASocket({
      auth: this.auth,
      waWebSocketUrl: options.url,
      emitOwnEvents: false,
      markOnlineOnConnect: false,
      syncFullHistory: false,
      logger,
    })
    this.socket.ev.on('creds.update', changed => Object.assign(this.auth.creds, changed))
    this.socket.ev.on('connection.update', update => this.changed(update))
    this.socket.ws.on('CB:ack,class:message', ({ attrs }) => this.acks.get(attrs.id)?.(attrs.error === undefined))
  }

  changed({ qr, connection, lastDisconnect }) {
    if (qr && !this.scanned) {
      this.scanned = true
      say(`qr ${this.number} ${qr}`)
    }
    if (connection === 'open') this.opened()
    if (connection === 'close') {
      const code = lastDisconnect?.error?.output?.statusCode
      if (code === RESTART_REQUIRED || this.auth.creds.account) this.connect()
      else this.refused(lastDisconnect?.error ?? new Error('closed'))
    }
  }

  /** Sends and waits for the server's acknowledgement. Returns why there was none, or nothing. */
  async send(to, text) {
    const messageId = generateMessageIDV2(this.socket.user.id)
    let timer
    const acknowledged = new Promise(resolve => {
      this.acks.set(messageId, accepted => resolve(accepted ? undefined : 'refused'))
      timer = setTimeout(() => resolve('no acknowledgement in time'), ACK_PATIENCE_MILLIS)
    })
    try {
      await this.socket.sendMessage(to, { text }, { messageId })
      return await acknowledged
    } catch (error) {
      return error.message
    } finally {
      clearTimeout(timer)
      this.acks.delete(messageId)
    }
  }
}

async function link(first, count) {
  const added = []
  let next = 0
  const worker = async () => {
    while (next < count) {
      const at = next++
      added[at] = new Account(first + at)
      await added[at].open
    }
  }
  await Promise.all(Array.from({ length: LINKED_AT_ONCE }, worker))
  accounts.push(...added)
  return `linked ${first} ${count}`
}

async function send(millis, count, lanes, spread, bytes) {
  const text = 'x'.repeat(bytes)
  const buckets = new Map()
  const failures = new Map()
  let sent = 0
  let failed = 0
  const begin = process.hrtime.bigint()
  const end = performance.now() + millis

  const lane = async (account, index) => {
    for (let step = index; performance.now() < end; step = step + lanes < spread ? step + lanes : index) {
      const from = performance.now()
      const to = recipients[(account.number + step) % recipients.length]
      const failure = await account.send(`${to}@s.whatsapp.net`, text)
      if (failure === undefined) {
        const bucket = Math.round((performance.now() - from) * 10)
        buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
        sent++
      } else {
        failures.set(failure, (failures.get(failure) ?? 0) + 1)
        failed++
      }
    }
  }
  await Promise.all(
    accounts.slice(0, count).flatMap(account => Array.from({ length: lanes }, (_, index) => lane(account, index))))
  const nanos = process.hrtime.bigint() - begin
  for (const [why, times] of failures) process.stderr.write(`${times} messages failed: ${why}\n`)
  return `sent ${sent} ${failed} ${nanos} ${[...buckets].map(([bucket, times]) => `${bucket}:${times}`).join(' ')}`
}

async function run(line) {
  const [command, ...words] = line.split(' ')
  if (command === 'recipients') recipients = words
  else if (command === 'link') say(await link(...words.map(Number)))
  else if (command === 'send') say(await send(...words.map(Number)))
  else throw new Error(`no such command: ${command}`)
}

function say(line) {
  process.stdout.write(line + '\n')
}

const lines = createInterface({ input: process.stdin })
lines.on('line', line => run(line).catch(error => say(`failed ${error.message}`)))
lines.on('close', () => process.exit(0))
process.on('unhandledRejection', () => {})
