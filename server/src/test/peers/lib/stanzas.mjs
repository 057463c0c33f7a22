// One stanza of every kind that linking, logging in, and sending and receiving text needs, with made-up values.
// Shapes as Baileys 7.0.0-rc14 and zapo-js 0.3.0 send and take them (measured with these clients).
import { createHash } from 'node:crypto'

const ALICE = '15550001000@s.whatsapp.net'
const ALICE_DEVICE = '15550001000:1@s.whatsapp.net'
const ALICE_LID = '100000000001000@lid'
const ALICE_LID_DEVICE = '100000000001000:1@lid'
const BOB = '15550001001@s.whatsapp.net'
const BOB_DEVICE = '15550001001:12@s.whatsapp.net'
const BOB_LID = '100000000001001@lid'
const BOB_LID_DEVICE = '100000000001001:12@lid'
const T = '1767225600'
const ID = '3EB0A1B2C3D4E5F60718293A4B'

/** Bytes that look random and are the same each time. */
function bytes(label, length) {
  let all = Buffer.alloc(0)
  for (let i = 0; all.length < length; i++) all = Buffer.concat([all, createHash('sha256').update(label + i).digest()])
  return all.subarray(0, length)
}

const node = (tag, attrs = {}, content) => ({ tag, attrs, content })
const key = number => node('key', {}, [
  node('id', {}, Buffer.from([0, number >> 8, number & 255])), node('value', {}, bytes('prekey' + number, 32))])
const signedKey = node('skey', {}, [
  node('id', {}, Buffer.from([0, 0, 1])), node('value', {}, bytes('skey', 32)), node('signature', {}, bytes('signature', 64))])
const registration = node('registration', {}, Buffer.from([0, 0, 0x10, 0x92]))
const keyType = node('type', {}, Buffer.from([5]))
const identity = node('identity', {}, bytes('identity', 32))
const enc = (type, length, more = {}) => node('enc', { v: '2', type, ...more }, bytes('enc' + type + length, length))
const deviceIdentity = node('device-identity', {}, bytes('device-identity', 186))

/** All stanzas by name; `server` is how the encoding client names WhatsApp itself. */
export function stanzas(server) {
  const iq = (type, xmlns, content, attrs = {}) =>
    node('iq', { to: server, type, ...(xmlns && { xmlns }), id: '41937.20902-1', ...attrs }, content)
  const answer = (content, id = '41937.20902-1') => node('iq', { from: server, type: 'result', id }, content)
  const bundle = (jid, ...more) => node('user', { jid, t: T }, [registration, keyType, identity, ...more, signedKey])
  const usyncUser = (jid, lid, ...devices) => node('user', { jid }, [
    node('devices', {}, [
      node('device-list', {}, devices.map(id => node('device', { id, ...(id !== '0' && { 'key-index': id }) }))),
      node('key-index-list', { ts: T }, bytes('key-index-list', 90))]),
    node('lid', { val: lid })])

  return {
    // linking
    'pair-device': node('iq', { from: server, type: 'set', id: 'srv-1', xmlns: 'md' }, [
      node('pair-device', {}, [1, 2, 3, 4, 5, 6].map(i => node('ref', {}, Buffer.from('2@' + bytes('ref' + i, 96).toString('base64')))))]),
    'pair-device result': node('iq', { to: server, type: 'result', id: 'srv-1' }),
    'pair-success': node('iq', { from: server, type: 'set', id: 'srv-2', t: T, xmlns: 'md' }, [node('pair-success', {}, [
      node('device-identity', {}, bytes('adv-hmac', 156)), node('device', { jid: ALICE_DEVICE, lid: ALICE_LID_DEVICE }),
      node('platform', { name: 'android' }), node('biz', { name: 'A small shop' })])]),
    'pair-device-sign': node('iq', { to: server, type: 'result', id: 'srv-2' }, [node('pair-device-sign', {}, [
      node('device-identity', { 'key-index': '1' }, bytes('adv', 152))])]),
    'pair error': node('iq', { to: server, type: 'error', id: 'srv-2' }, [
      node('error', { code: '401', text: 'signature-mismatch' })]),
    'restart required': node('stream:error', { code: '515' }),
    'device removed': node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]),
    replaced: node('stream:error', {}, [node('conflict', { type: 'replaced' })]),
    failure: node('failure', { reason: '401', location: 'frc' }),
    'temporary ban': node('failure', { reason: '402', location: 'frc', code: '101', expire: '3600' }),
    'stream end': node('xmlstreamend'),

    // after login
    success: node('success', { t: T, props: '27', companion_enc_static: bytes('static', 32).toString('base64'),
      creation: T, lid: ALICE_LID_DEVICE, abprops: '5', location: 'frc', display_name: 'Alice Émilie 👋' }),
    'edge routing': node('ib', { from: server }, [node('edge_routing', {}, [node('routing_info', {}, bytes('routing', 4))])]),
    'offline preview': node('ib', { from: server }, [
      node('offline_preview', { count: '3', message: '2', notification: '0', receipt: '1', appdata: '0' })]),
    'offline batch': node('ib', {}, [node('offline_batch', { count: '100' })]),
    offline: node('ib', { from: server }, [node('offline', { count: '3' })]),
    'unified session': node('ib', {}, [node('unified_session', { id: '436397062' })]),
    dirty: node('ib', { from: server }, [node('dirty', { type: 'account_sync', timestamp: T })]),
    'passive active': iq('set', 'passive', [node('active')]),
    'empty result': answer(),
    ping: iq('get', 'w:p', [node('ping')]),
    'bare ping': iq('get', 'w:p'),
    'server ping': node('iq', { from: server, type: 'get', id: 'srv-3', t: T, xmlns: 'urn:xmpp:ping' }),
    'item not found': node('iq', { from: server, type: 'error', id: '41937.20902-1' }, [
      node('error', { code: '404', text: 'item-not-found' })]),
    props: iq('get', 'abt', [node('props', { protocol: '1' })]),
    'props result': answer([node('props', { protocol: '1', hash: 'x1', refresh: '86400', ab_key: 'key' }, [
      node('prop', { config_code: '1234', config_value: 'true' })])]),
    blocklist: iq('get', 'blocklist'),
    privacy: iq('get', 'privacy', [node('privacy')]),
    'privacy result': answer([node('privacy', {}, ['readreceipts', 'profile', 'status', 'online', 'last', 'groupadd', 'calladd']
      .map(name => node('category', { name, value: 'all' })))]),
    'privacy token': iq('set', 'privacy', [node('tokens', {}, [node('token', { jid: BOB, t: T, type: 'trusted_contact' })])]),
    'media connection': iq('set', 'w:m', [node('media_conn')]),
    'app state': iq('set', 'w:sync:app:state', [node('sync', {}, ['critical_block', 'critical_unblock_low', 'regular_high', 'regular_low', 'regular']
      .map(name => node('collection', { name, version: '0', return_snapshot: 'true' })))]),
    'app state result': answer([node('sync', {}, [node('collection', { name: 'critical_block', version: '1', type: 'result', has_more_patches: 'false' }, [
      node('patches', {}, [node('patch', {}, bytes('patch', 300))])])])]),
    presence: node('presence', { name: 'Alice', type: 'available' }),
    unavailable: node('presence', { from: BOB, type: 'unavailable', last: T }),
    chatstate: node('chatstate', { from: BOB }, [node('composing', { media: 'audio' })]),
    'remove device': iq('set', 'md', [node('remove-companion-device', { jid: ALICE_DEVICE, reason: 'user_initiated' })]),

    // keys
    'key count': iq('get', 'encrypt', [node('count')]),
    'key count result': answer([node('count', { value: '812' })]),
    'key upload': iq('set', 'encrypt', [registration, keyType, identity, node('list', {}, [1, 2, 812].map(key)), signedKey]),
    'large key upload': iq('set', 'encrypt', [registration, keyType, identity,
      node('list', {}, Array.from({ length: 257 }, (_, i) => key(i + 1))), signedKey]),
    'key digest': iq('get', 'encrypt', [node('digest')]),
    'key digest result': answer([node('digest', {}, [registration, keyType, identity, signedKey,
      node('list', {}, [1, 2, 3].map(i => node('id', {}, Buffer.from([0, 0, i])))), node('hash', {}, bytes('hash', 20))])]),
    'key get': iq('get', 'encrypt', [node('key', {}, [BOB, BOB_DEVICE, BOB_LID_DEVICE].map(jid => node('user', { jid }))
      .concat(node('user', { jid: BOB_LID, reason: 'identity' })))]),
    'key get result': answer([node('list', {}, [bundle(BOB, key(7)), bundle(BOB_LID_DEVICE), node('user', { jid: ALICE_LID_DEVICE }, [
      node('error', { code: '404', text: 'item-not-found' })])])]),
    'signed key rotation': iq('set', 'encrypt', [node('rotate', {}, [signedKey])]),

    // people and devices
    'usync devices': iq('get', 'usync', [node('usync', { context: 'message', mode: 'query', sid: '41937.20902-11', last: 'true', index: '0' }, [
      node('query', {}, [node('devices', { version: '2' }), node('lid')]),
      node('list', {}, [node('user', { jid: ALICE }), node('user', { jid: BOB })])])]),
    'usync contact': iq('get', 'usync', [node('usync', { context: 'interactive', mode: 'query', sid: '41937.20902-13', last: 'true', index: '0' }, [
      node('query', {}, [node('contact'), node('lid'), node('status'), node('disappearing_mode')]),
      node('list', {}, [node('user', {}, [node('contact', {}, Buffer.from('+15550001001'))])])])]),
    'usync result': answer([node('usync', { index: '0', last: 'true', mode: 'query', context: 'message', sid: '41937.20902-11' }, [
      node('result', {}, [node('devices'), node('lid')]),
      node('list', {}, [usyncUser(ALICE, ALICE_LID, '0', '1'), usyncUser(BOB, BOB_LID, '0', '1', '12')])])]),
    'usync contact result': answer([node('usync', { index: '0', last: 'true', mode: 'query', context: 'interactive', sid: '41937.20902-13' }, [
      node('result', {}, [node('contact'), node('lid')]),
      node('list', {}, [node('user', { jid: BOB }, [node('contact', { type: 'in' }), node('lid', { val: BOB_LID })]),
        node('user', { jid: '19990000000@s.whatsapp.net' }, [node('contact', { type: 'out' })])])])]),

    // texts
    'message to devices': node('message', { id: ID, to: BOB, type: 'text' }, [
      node('participants', {}, [[BOB, 'pkmsg'], [BOB_DEVICE, 'msg'], [ALICE, 'msg']].map(([jid, type], i) =>
        node('to', { jid }, [enc(type, 120 + i)]))), deviceIdentity]),
    'message to hidden ids': node('message', { id: ID, to: BOB_LID, type: 'text', addressing_mode: 'lid' }, [
      node('participants', {}, [BOB_LID, BOB_LID_DEVICE, ALICE_LID].map(jid => node('to', { jid }, [enc('pkmsg', 200)]))), deviceIdentity,
      node('reporting', {}, [node('reporting_token', { v: '2' }, bytes('reporting', 16))])]),
    'peer message': node('message', { id: ID, to: ALICE, type: 'protocol', category: 'peer', push_priority: 'high' }, [enc('msg', 90)]),
    'message from a device': node('message', { id: ID, t: T, type: 'text', notify: 'Bob', from: BOB_DEVICE, sender_lid: BOB_LID, offline: '0' }, [
      enc('pkmsg', 194), deviceIdentity]),
    'message from a hidden id': node('message', { id: ID, t: T, type: 'text', notify: 'Бob', from: BOB_LID_DEVICE, sender_pn: BOB, addressing_mode: 'lid' }, [
      enc('msg', 114)]),
    'message of an own device': node('message', { id: ID, t: T, type: 'text', notify: 'Alice', from: ALICE, recipient: BOB }, [enc('msg', 130)]),
    'message sent again': node('message', { id: ID, to: BOB_DEVICE, type: 'text', device_fanout: 'false' }, [
      enc('pkmsg', 200, { count: '1' }), deviceIdentity]),
    'long message': node('message', { id: ID, t: T, type: 'text', from: BOB_DEVICE }, [enc('msg', 1_100)]),
    'message ack': node('ack', { from: BOB, class: 'message', id: ID, t: T, phash: '2:Ab3dEf9h' }),
    'message refused': node('ack', { from: BOB, class: 'message', id: ID, t: T, error: '463' }),

    // receipts
    delivered: node('receipt', { id: ID, to: BOB_DEVICE }),
    inactive: node('receipt', { id: ID, to: BOB_DEVICE, type: 'inactive' }),
    read: node('receipt', { id: ID, to: BOB, type: 'read', t: T }),
    'read several': node('receipt', { id: ID, to: BOB, type: 'read', t: T }, [node('list', {}, [
      node('item', { id: '3EB0000000000000000001' }), node('item', { id: '3A0F1E2D3C4B5A697887' })])]),
    sender: node('receipt', { id: ID, to: ALICE, recipient: BOB, type: 'sender' }),
    'peer receipt': node('receipt', { id: ID, to: ALICE, type: 'peer_msg' }),
    'history receipt': node('receipt', { id: ID, to: ALICE, type: 'hist_sync' }),
    'receipt from a device': node('receipt', { id: ID, t: T, from: BOB_DEVICE }),
    'receipt in a group': node('receipt', { id: ID, t: T, from: '120363012345678901@g.us', participant: BOB_LID_DEVICE, type: 'read' }),
    retry: node('receipt', { id: ID, to: BOB_DEVICE, type: 'retry' }, [
      node('retry', { count: '2', id: ID, t: T, v: '1', error: '0' }), registration,
      node('keys', {}, [keyType, identity, key(9), signedKey, deviceIdentity])]),
    'receipt ack': node('ack', { id: ID, to: BOB_DEVICE, class: 'receipt', type: 'inactive' }),

    // notifications
    'keys are low': node('notification', { from: server, type: 'encrypt', id: '3210987654', t: T }, [node('count', { value: '4' })]),
    'identity changed': node('notification', { from: BOB, type: 'encrypt', id: '3210987655', t: T }, [node('identity')]),
    'devices changed': node('notification', { from: ALICE, type: 'devices', id: '3210987656', t: T, lid: ALICE_LID }, [
      node('add', { device_hash: '2:Ab3dEf9h' }, [node('device', { jid: ALICE_DEVICE, lid: ALICE_LID_DEVICE, 'key-index': '1' }), node('key-index-list', { ts: T }, bytes('kil', 90))])]),
    'server sync': node('notification', { from: ALICE, type: 'server_sync', id: '3210987657', t: T }, [node('collection', { name: 'regular', version: '5' })]),
    'unknown notification': node('notification', { from: 'status@broadcast', type: 'something_new', id: 'abcdef-1.2', t: T }, [node('thing', { a: 'ABCDEF0123', b: '1.2-3' })]),
    'notification ack': node('ack', { id: '3210987654', to: server, class: 'notification', type: 'encrypt' }),
  }
}
