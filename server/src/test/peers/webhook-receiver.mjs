// A receiver of webhooks under a test's control. Who is genuine is decided by the code of docs/webhooks.md alone, which
// the test cuts out of there: `--check` names the file.
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { emit, serve } from './lib/protocol.mjs'

const { values } = parseArgs({ options: { check: { type: 'string' } } })
const { genuine } = await import(pathToFileURL(resolve(values.check)))

let secrets = []
let statuses = []

const server = createServer(async (request, answer) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  const signedBy = secrets.filter(secret => genuine(secret, request.headers, body))
  const status = signedBy.length === 0 ? 401 : (statuses.shift() ?? 204)
  answer.writeHead(status, { 'content-type': 'text/plain' }).end(status === 204 ? undefined : `answer ${status}`)
  const event = signedBy.length === 0 ? {} : JSON.parse(body)
  emit('post', {
    id: request.headers['webhook-id'],
    attempt: Number(request.headers['switchboard-attempt']),
    token: request.headers['x-token'],
    type: request.headers['content-type'],
    signedBy: signedBy.map(secret => secrets.indexOf(secret)).join(),
    bent: secrets.some(secret => genuine(secret, request.headers, Buffer.concat([body, Buffer.from(' ')]))),
    status,
    eventId: event.eventId,
    kind: event.kind,
    instance: event.instanceId,
    replay: event.replay === true,
    text: event.messageReceived?.message?.text?.text,
  })
})

server.listen(0, '127.0.0.1', () => {
  emit('listening', { port: server.address().port })
  serve({
    secrets: argument => {
      secrets = argument.secrets
      emit('changed')
    },
    statuses: argument => {
      statuses = argument.statuses
      emit('changed')
    },
  })
})
