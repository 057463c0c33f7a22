// Writes what the clients make of every stanza: node make-vectors.mjs FOLDER, one file per client.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBinaryNode as encodeWithBaileys } from '@whiskeysockets/baileys'
import { encodeBinaryNodeStanza as encodeWithZapo } from 'zapo-js/transport'
import { toJson } from './lib/node-json.mjs'
import { stanzas } from './lib/stanzas.mjs'

const [folder] = process.argv.slice(2)

write('baileys', '@whiskeysockets/baileys', '@s.whatsapp.net', encodeWithBaileys)
write('zapo', 'zapo-js', 's.whatsapp.net', encodeWithZapo)

function write(client, packageName, server, encode) {
  const vectors = Object.entries(stanzas(server)).map(([name, node]) =>
    JSON.stringify({ name, hex: Buffer.from(encode(node)).toString('hex'), node: toJson(node) }))
  const { version } = createRequire(import.meta.url)(`./node_modules/${packageName}/package.json`)
  const head = JSON.stringify({ client: packageName, version }).slice(1, -1)
  writeFileSync(join(folder, `stanzas-${client}.json`), `{${head},"vectors":[\n${vectors.join(',\n')}\n]}\n`)
}
