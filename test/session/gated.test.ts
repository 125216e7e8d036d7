import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import type { Plan } from '#model/plan.js';
import type { SealRequest } from '../../src/evidence/bundle.js';
import { draftTrustPolicy } from '../../src/evidence/trust-policy.js';
import { judgedSubjects } from '../../src/evidence/verdict.js';
import { gatedTemplates } from '../../src/session/gated.js';
import { predicate, seal, signer, utf8, verdict } from '../evidence/sample.js';
import { folders } from './desk.js';

const artifact = (path: string, text: string): Member => ({
  path: `inputs/manifests/${path}`,
  bytes: utf8(text),
  mediaType: 'application/yaml',
  role: 'artifact',
});
const hour = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const times = { collectedAt: at(-1), expiresAt: at(24) };
const judged = judgedSubjects([{ path: 'a.yaml', bytes: utf8('Resources: {}\n'), kind: 'manifest' }]);
const passed = { ...verdict, subjects: judged, timeVerified: times.collectedAt };

describe('what counts as gated', () => {
  const folder = folders();

  async function gatedBy(changes: Partial<SealRequest>): Promise<string[]> {
    const { archive } = await seal({
      members: [artifact('a.yaml', 'Resources: {}\n')],
      artifacts: [{ path: 'a.yaml', bytes: utf8('Resources: {}\n') }],
      predicate: { ...predicate, ...times },
      verdict: passed,
      ...changes,
    });
    const publicKeys = [{ pem: signer.publicKeyPem, algorithm: signer.algorithm }];
    const trusted = draftTrustPolicy({ publicKeys, notBefore: at(-48), notAfter: at(48), maxAge: 'P1D' });
    const here = folder({ 'one.evb.tar': Buffer.from(archive) as unknown as string, 'trust.json': trusted });
    const named = { gated: [join(here, 'one.evb.tar')], trust: join(here, 'trust.json') };
    // A bundle says by itself what was gated.
    const found = await gatedTemplates(named, {} as Plan, {} as ControlBase);
    return found.map(({ path }) => path.replace(/^.*one\.evb\.tar:/, ''));
  }

  it('is what a bundle was passed with', async () => {
    assert.deepEqual(await gatedBy({}), ['inputs/manifests/a.yaml']);
  });

  it('is nothing of a bundle the gate did not pass, or says no verdict of', async () => {
    const untrusted = { code: 'RAMPART_NOT_GATED', exit: 'untrusted' };
    await assert.rejects(gatedBy({ verdict: { ...passed, result: 'FAILED' } }), untrusted);
    await assert.rejects(gatedBy({ verdict: undefined }), untrusted);
  });

  it('is no member the verdict does not speak of', async () => {
    const members = [artifact('a.yaml', 'Resources: {}\n'), artifact('b.yaml', 'Resources: {B: {}}\n')];
    assert.deepEqual(await gatedBy({ members }), ['inputs/manifests/a.yaml']);
    await assert.rejects(gatedBy({ members: [artifact('a.yaml', 'Resources: {A: {}}\n')] }), {
      code: 'RAMPART_NOTHING_GATED',
    });
  });
});
