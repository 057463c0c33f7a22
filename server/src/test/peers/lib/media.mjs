// Both clients fetch app state and history from WhatsApp's own media host, whatever the server names. Here their own
// settings for a proxy lead what is meant for that host to the server under test.
import https from 'node:https'
import { options } from './options.mjs'

const MEDIA_HOST = /^mmg(-fallback)?\.whatsapp\.net$/

/** For Baileys: what its `fetch` hands requests to. */
export const dispatcher = {
  dispatch(request, handler) {
    const origin = MEDIA_HOST.test(new URL(request.origin).hostname) ? options.media : request.origin
    return globalThis[Symbol.for('undici.globalDispatcher.1')].dispatch({ ...request, origin }, handler)
  },
}

/** For zapo: what its requests get their connections from. */
export const agent = new (class extends https.Agent {
  createConnection(request, callback) {
    const { hostname: host, port } = new URL(options.media)
    const rest = MEDIA_HOST.test(request.host) ? { host, port, servername: host } : {}
    return super.createConnection({ ...request, ...rest }, callback)
  }
})()
