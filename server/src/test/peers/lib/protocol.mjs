// How a test drives a client: commands come in on stdin, events go out on stdout, one JSON object per line.
import { createInterface } from 'node:readline'

const LONGEST_END = 10_000

// libsignal talks to the console, and stdout is ours alone.
console.log = console.info = console.error

/** Tells the test that something happened. */
export function emit(event, fields = {}) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}

/**
 * Runs `commands[name](argument object)` for every line `{"command": name, ...}`. A command that throws is
 * told as an event `failed` and ends nothing. The end of stdin ends the process, once what `drained` waits for is
 * done: no orphan outlives its test, and none leaves a file half written.
 */
export function serve(commands, drained = async () => {}) {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', line => run(commands, JSON.parse(line)))
  lines.on('close', () => end(drained))
  process.on('unhandledRejection', error => emit('error', { message: describe(error) }))
  emit('ready')
}

async function end(drained) {
  setTimeout(() => process.exit(1), LONGEST_END)
  await drained()
  process.exit(0)
}

async function run(commands, { command, ...argument }) {
  try {
    if (!commands[command]) throw new Error(`no such command: ${command}`)
    await commands[command](argument)
  } catch (error) {
    emit('failed', { command, message: describe(error) })
  }
}

/** The message of an error with the messages of its causes. */
export function describe(error) {
  const message = error?.message ?? String(error)
  return error?.cause ? `${message}: ${describe(error.cause)}` : message
}
