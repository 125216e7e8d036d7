import assert from 'node:assert/strict';
import { fromBase64, toBase64 } from '../../src/evidence/base64.js';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { encodeEnvelope, pae, parseEnvelope } from '../../src/evidence/dsse.js';
import { utf8 } from './sample.js';

const envelope = {
  payloadType: 'application/vnd.in-toto+json',
  payload: utf8('{}'),
  signatures: [{ keyid: 'a'.repeat(64), sig: Uint8Array.of(1, 2, 3, 4) }],
};
const raw = (change: Record<string, unknown> = {}, signature: Record<string, unknown> = {}): Uint8Array =>
  canonicalBytes({
    payload: 'e30=',
    payloadType: 'application/vnd.in-toto+json',
    signatures: [{ keyid: 'a'.repeat(64), sig: 'AQIDBA==', ...signature }],
    ...change,
  });

describe('DSSE', () => {
  it('gives the pre-authentication encoding of the published example', () => {
    const encoded = pae('http://example.com/HelloWorld', utf8('hello world'));
    assert.equal(Buffer.from(encoded).toString(), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('counts bytes, not characters', () => {
    assert.equal(Buffer.from(pae('é', utf8('日'))).toString(), 'DSSEv1 2 é 3 日');
  });

  it('reads back what it wrote', () => {
    const read = parseEnvelope(encodeEnvelope(envelope));
    assert.equal(read.payloadType, envelope.payloadType);
    assert.deepEqual(Buffer.from(read.payload), Buffer.from(envelope.payload));
    assert.deepEqual(Buffer.from(read.signatures[0]?.sig ?? []), Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(Buffer.from(encodeEnvelope(envelope)), Buffer.from(raw()));
  });

  const loose = ['e30', 'e30=\n', 'e3 0=', 'e31=', 'e30==', 'e30=AA==', '__8=', 'e30=!', '=e30', '\u00e9e30='];
  for (const text of loose) {
    it(`refuses the loose base64 ${JSON.stringify(text)}`, () => {
      assert.throws(() => fromBase64(text, 'it'), { code: 'RAMPART_BASE64_LOOSE' });
      assert.throws(() => parseEnvelope(raw({ payload: text })), { code: 'RAMPART_BASE64_LOOSE' });
      assert.throws(() => parseEnvelope(raw({}, { sig: text })), { code: 'RAMPART_BASE64_LOOSE' });
    });
  }

  it('reads strict base64 of every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Buffer.alloc(length, length * 37);
      assert.deepEqual(Buffer.from(fromBase64(toBase64(bytes), 'it')), bytes);
    }
  });

  const shape = { code: 'RAMPART_EVIDENCE_SHAPE' };
  it('refuses other keys, such as one that names an algorithm', () => {
    assert.throws(() => parseEnvelope(raw({ alg: 'none' })), shape);
    assert.throws(() => parseEnvelope(raw({}, { alg: 'ES256' })), shape);
    assert.throws(() => parseEnvelope(raw({}, { cert: 'x' })), shape);
  });

  it('refuses no signature, too many, two of one key and odd key ids', () => {
    const one = { keyid: 'a'.repeat(64), sig: 'AQIDBA==' };
    assert.throws(() => parseEnvelope(raw({ signatures: [] })), shape);
    assert.throws(() => parseEnvelope(raw({ signatures: [one, one] })), shape);
    const many = Array.from({ length: 17 }, (_, i) => ({ ...one, keyid: i.toString(16).padStart(64, '0') }));
    assert.throws(() => parseEnvelope(raw({ signatures: many })), shape);
    assert.throws(() => parseEnvelope(raw({}, { keyid: 'A'.repeat(64) })), shape);
    assert.throws(() => parseEnvelope(raw({}, { keyid: 7 })), shape);
  });

  it('refuses duplicate keys and any layout but the canonical', () => {
    const text = Buffer.from(raw()).toString();
    for (const twisted of [text.replace('{', '{ '), text.replace('{', '{"payload":"e30=",'), `${text}\n`]) {
      assert.throws(() => parseEnvelope(utf8(twisted)), { code: 'RAMPART_JSON_NOT_CANONICAL' });
    }
  });
});
