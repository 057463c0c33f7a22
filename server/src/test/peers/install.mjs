// Installs the clients once: again only when the lock file changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const OLDEST_NODE = 20
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`the clients of the tests need node ${OLDEST_NODE} or newer, this is ${process.versions.node}`)
  process.exit(1)
}

const stamp = 'node_modules/.installed'
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

if (!installed) {
  const { status, error } = spawnSync('npm', ['ci', '--no-progress'], { stdio: 'inherit' })
  if (status !== 0) {
    console.error('cannot install the clients of the tests; npm is needed', error?.message ?? '')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}
