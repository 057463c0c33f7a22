// The simulated phone, as the server under test offers it to clients of any make.
import { request } from 'node:https'
import { options } from './options.mjs'

/** Has the phone scan the QR code that this client shows; the server picks the phone by the push name. */
export function scan(qr) {
  return post('/mock-phone/scan-qr', qr)
}

function post(path, body) {
  return new Promise((resolve, reject) => {
    const call = request(options.admin + path, { method: 'POST' }, response => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${response.statusCode}`)))
    })
    call.on('error', reject)
    call.end(body)
  })
}
