import assert from 'node:assert/strict';
import { mayBeManifest } from '../../src/session/manifests.js';

describe('files of a folder', () => {
  it('may be manifests by their ending, however it is spelt', () => {
    for (const name of ['a.yaml', 'b.YML', 'deploy/C.Json', 'd.template', 'e.CFN', 'plan.tf.json'])
      assert.equal(mayBeManifest(name), true, name);
    for (const name of ['README.md', 'yaml', 'a.yaml.bak', 'b.jsonl']) assert.equal(mayBeManifest(name), false, name);
  });
});
