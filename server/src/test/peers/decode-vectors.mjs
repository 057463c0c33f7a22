// Decodes with a client: reads {name, hex} per line from stdin, writes {name, node} per line. node decode-vectors.mjs baileys|zapo
import { createInterface } from 'node:readline'
import { decodeBinaryNode as decodeWithBaileys } from '@whiskeysockets/baileys'
import { decodeBinaryNodeStanza as decodeWithZapo } from 'zapo-js/transport'
import { toJson } from './lib/node-json.mjs'

const decode = { baileys: decodeWithBaileys, zapo: decodeWithZapo }[process.argv[2]]

for await (const line of createInterface({ input: process.stdin })) {
  const { name, hex } = JSON.parse(line)
  process.stdout.write(JSON.stringify({ name, node: toJson(await decode(Buffer.from(hex, 'hex'))) }) + '\n')
}
