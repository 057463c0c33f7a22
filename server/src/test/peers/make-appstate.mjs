// Writes collections that Baileys made, as patches and as snapshots: node make-appstate.mjs FILE
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import {
  chatModificationToAppPatch, decodePatches, decodeSyncdSnapshot, encodeSyncdPatch, newLTHashState, proto,
} from '@whiskeysockets/baileys'

const [file] = process.argv.slice(2)
const keyId = Buffer.from('000100000001', 'hex')
const keyData = createHash('sha256').update('a key of the tests').digest()
const keyOf = async () => ({ keyData })
const chat = '15550001000@s.whatsapp.net'
const other = '15550001001@s.whatsapp.net'
const contact = (fullName, firstName, lidJid) => ({ fullName, firstName, lidJid, saveOnPrimaryAddressbook: true })
const range = { lastMessageTimestamp: 1760000000, messages: [] }

const collections = {
  critical_block: [['', { pushNameSetting: 'Ada' }], ['', { pushNameSetting: 'Ada L.' }]],
  critical_unblock_low: [
    [chat, { contact: contact('Grace Hopper', 'Grace', '100000000001000@lid') }],
    [other, { contact: contact('Linus', 'Linus', '100000000001001@lid') }],
    [chat, { contact: contact('Rear Admiral Hopper', 'Grace', '100000000001000@lid') }],
    [other, { contact: null }],
  ],
  regular_high: [[chat, { mute: 1790000000000 }], [chat, { mute: null }], [other, { mute: 1790000000001 }]],
  regular_low: [
    [chat, { pin: true }],
    [chat, { archive: true, lastMessages: range }],
    [chat, { markRead: false, lastMessages: range }],
    [chat, { pin: false }],
    [other, { star: { star: true, messages: [{ id: '3EB0AA', fromMe: true }] } }],
  ],
  regular: [
    ['', { quickReply: { shortcut: 'hi', message: 'Hello, how can I help?', timestamp: '1760000000' } }],
    [chat, { addLabel: { id: '7', name: 'Customer', color: 3, deleted: false } }],
    [chat, { addChatLabel: { labelId: '7' } }],
  ],
}

const { version } = createRequire(import.meta.url)('./node_modules/@whiskeysockets/baileys/package.json')
const made = []
for (const [name, changes] of Object.entries(collections)) made.push(JSON.stringify(await collection(name, changes)))
const head = JSON.stringify({ client: '@whiskeysockets/baileys', version, keyId: hex(keyId), keyData: hex(keyData) })
writeFileSync(file, `${head.slice(0, -1)},"collections":[\n${made.join(',\n')}\n]}\n`)

async function collection(name, changes) {
  let state = newLTHashState()
  const records = new Map()
  const steps = []
  for (const [jid, change] of changes) {
    const modification = chatModificationToAppPatch(change, jid)
    if (modification.type !== name) throw new Error(`${name} is not the place of that change`)
    const made = await encodeSyncdPatch(modification, keyId.toString('base64'), state, keyOf)
    state = made.state
    const { operation, record } = made.patch.mutations[0]
    const removes = operation === proto.SyncdMutation.SyncdOperation.REMOVE
    if (removes) records.delete(hex(record.index.blob))
    else records.set(hex(record.index.blob), record)
    steps.push({
      patch: hex(proto.SyncdPatch.encode({ ...made.patch, version: { version: state.version } }).finish()),
      version: state.version,
      hash: hex(state.hash),
      index: JSON.stringify(modification.index),
      value: hex(proto.SyncActionValue.encode(proto.SyncActionValue.fromObject(modification.syncAction)).finish()),
      actionVersion: modification.apiVersion,
      removes,
    })
  }
  const snapshot = proto.SyncdSnapshot.encode({
    version: { version: state.version },
    records: [...records.values()],
    mac: proto.SyncdPatch.decode(Buffer.from(steps.at(-1).patch, 'hex')).snapshotMac,
    keyId: { id: keyId },
  }).finish()
  await readBack(name, steps, snapshot)
  return { name, steps, snapshot: hex(snapshot) }
}

async function readBack(name, steps, snapshot) {
  const logger = { trace() {}, debug() {}, info() {}, warn(_, text) { throw new Error(text) } }
  const patches = steps.map(({ patch }) => proto.SyncdPatch.decode(Buffer.from(patch, 'hex')))
  await decodePatches(name, patches, newLTHashState(), keyOf, {}, undefined, logger, true)
  await decodeSyncdSnapshot(name, proto.SyncdSnapshot.decode(snapshot), keyOf, undefined, true, logger)
}

function hex(bytes) {
  return Buffer.from(bytes).toString('hex')
}
