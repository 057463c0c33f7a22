// Reads patches with Baileys, verifying all of their MACs: node decode-appstate.mjs, one
// {name, keyId, keyData, patches} per line on stdin, one {name, version, hash, mutations} per line on stdout.
import { createInterface } from 'node:readline'
import { decodePatches, newLTHashState, proto } from '@whiskeysockets/baileys'

const logger = { trace() {}, debug() {}, info() {}, warn(_, text) { throw new Error(text) } }

for await (const line of createInterface({ input: process.stdin })) {
  const { name, keyData, patches } = JSON.parse(line)
  const keyOf = async () => ({ keyData: Buffer.from(keyData, 'hex') })
  const decoded = patches.map(patch => proto.SyncdPatch.decode(Buffer.from(patch, 'hex')))
  decoded.forEach((patch, at) => { patch.version ??= { version: at + 1 } })
  const { state, mutationMap } = await decodePatches(name, decoded, newLTHashState(), keyOf, {}, undefined, logger, true)
  const mutations = Object.fromEntries(Object.entries(mutationMap).map(([index, { syncAction }]) =>
    [index, Buffer.from(proto.SyncActionValue.encode(syncAction.value).finish()).toString('hex')]))
  const hash = Buffer.from(state.hash).toString('hex')
  process.stdout.write(JSON.stringify({ name, version: Number(state.version), hash, mutations }) + '\n')
}
