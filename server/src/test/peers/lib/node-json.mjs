// Nodes as JSON: bytes as {hex}, a text as {text}, children as an array, nothing as null.
export function toJson({ tag, attrs, content }) {
  return { tag, attrs: attrs ?? {}, content: contentToJson(content) }
}

function contentToJson(content) {
  if (content === undefined || content === null) return null
  if (Array.isArray(content)) return content.map(toJson)
  return typeof content === 'string' ? { text: content } : { hex: Buffer.from(content).toString('hex') }
}
