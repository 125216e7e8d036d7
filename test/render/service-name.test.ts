import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serviceName } from '../../src/render/service-name.js';

const letters = fc.stringMatching(/^[a-z]([a-z0-9-]{0,78}[a-z0-9])?$/);

describe('serviceName', () => {
  it('keeps a name that fits, and cuts one that does not to the limit', () => {
    assert.equal(serviceName('records-ai-chat', 50), 'records-ai-chat');
    assert.match(serviceName('a'.repeat(51), 50), /^a{41}-[0-9a-f]{8}$/);
    fc.assert(
      fc.property(letters, fc.integer({ min: 20, max: 63 }), (name, longest) => {
        assert.match(serviceName(name, longest), new RegExp(`^[a-z](?!.*--[0-9a-f]{8}$)[a-z0-9-]{0,${longest - 1}}$`));
      }),
    );
  });

  it('keeps names apart that are the same up to the limit', () => {
    const long = 'x'.repeat(60);
    assert.notEqual(serviceName(`${long}-one`, 50), serviceName(`${long}-two`, 50));
  });
});
