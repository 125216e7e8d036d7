import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uuidOf, uuidV5 } from '../../../src/evidence/oscal/uuid.js';

const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('name-based UUIDs', () => {
  it('agree with the example of RFC 9562, appendix A.4', () => {
    assert.equal(uuidV5(dns, 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('do not let one part pretend to be two', () => {
    assert.notEqual(uuidOf(dns, 'a', 'b'), uuidOf(dns, 'a,b'));
    assert.notEqual(uuidOf(dns, 'a","b'), uuidOf(dns, 'a', 'b'));
    assert.notEqual(uuidOf(dns, 1), uuidOf(dns, '1'));
  });

  it('are of version 5 and the standard variant whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        assert.match(uuidOf(dns, name), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });
});
