// Stanzas as readable text on stderr, for whoever has to find out what a client sent.
const LONGEST = 200

export function trace(direction, node) {
  console.error(`${new Date().toISOString()} ${direction} ${write(node)}`)
}

function write({ tag, attrs, content }) {
  const head = tag + Object.entries(attrs ?? {}).map(([name, value]) => ` ${name}="${value}"`).join('')
  const body = bodyOf(content)
  return body ? `<${head}>${body}</${tag}>` : `<${head}/>`
}

function bodyOf(content) {
  if (Array.isArray(content)) return content.map(write).join('')
  if (content instanceof Uint8Array) return shorten(Buffer.from(content).toString('hex'))
  return content ?? ''
}

function shorten(hex) {
  return hex.length > LONGEST ? `${hex.slice(0, LONGEST)}…${hex.length / 2} bytes` : hex
}
