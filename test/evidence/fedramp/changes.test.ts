import assert from 'node:assert/strict';
import { changesSince, type Present } from '../../../src/evidence/fedramp/changes.js';
import type { Earlier } from '../../../src/evidence/fedramp/earlier.js';
import { ongoingReport } from '../../../src/evidence/fedramp/ongoing-report.js';
import * as oscal from '../oscal/sample.js';
import { certification, inputOf } from './sample.js';

const present: Present = {
  baseline: 'fedramp-rev5-moderate',
  controls: { 'ac-4': 'pass', 'sc-12': 'fail', 'sc-28': 'pass', 'sc-28.1': 'unknown' },
  state: {
    manifests: { 'a.yaml': '1', 'b.yaml': '2' },
    endpoints: { chat: 'bedrock' },
    regions: ['us-gov-west-1'],
    controlData: 'd',
    toolVersion: '0.1.0',
  },
};
const earlier: Earlier = {
  from: 'bundle',
  bundle: 'ab'.repeat(32),
  trust: 'verified',
  sequence: 3,
  environment: 'production',
  collectedAt: '2026-08-20T10:00:00.000Z',
  baseline: present.baseline,
  controls: present.controls,
  state: present.state,
};

describe('what changed since earlier evidence', () => {
  it('says what it compared with, how far that is trusted, and that nothing changed', () => {
    assert.deepEqual(changesSince(earlier, present), [
      `Compared with the evidence ${'ab'.repeat(32)} of 2026-08-20, which is signed by a pinned key.`,
      'Nothing that was compared has changed.',
    ]);
    assert.match(changesSince({ ...earlier, trust: 'intact' }, present)[0] ?? '', /signature was not checked/);
    const { state: _, ...ledger } = { ...earlier, from: 'ledger' as const, trust: 'intact' as const };
    assert.match(changesSince(ledger, present)[0] ?? '', /manifests and endpoints are not compared/);
  });

  it('tells controls that lost and gained support apart from others', () => {
    const controls = { 'ac-4': 'fail', 'sc-12': 'pass', 'sc-28.1': 'fail', 'au-11': 'pass' } as const;
    assert.deepEqual(changesSince({ ...earlier, controls }, present).slice(1), [
      'Controls that lost the support of evidence: AU-11 (pass to not judged), SC-12 (pass to fail).',
      'Controls that gained the support of evidence: AC-4 (fail to pass), SC-28 (not judged to pass).',
      'Controls whose evidence changed otherwise: SC-28(1) (fail to unknown).',
    ]);
  });

  it('names baselines, endpoints, manifests, regions, control data and versions', () => {
    const state = {
      manifests: { 'a.yaml': '0', 'c.yaml': '2' },
      endpoints: { chat: 'sagemaker', old: 'bedrock' },
      regions: ['us-gov-east-1'],
      controlData: 'c',
      toolVersion: '0.0.9',
    };
    assert.deepEqual(changesSince({ ...earlier, baseline: 'fedramp-rev5-low', state }, present).slice(1), [
      'The baseline was fedramp-rev5-low and is fedramp-rev5-moderate.',
      'Model endpoints removed: old.',
      'Model endpoints changed: chat.',
      'Manifests added: b.yaml.',
      'Manifests removed: c.yaml.',
      'Manifests changed: a.yaml.',
      'Regions of the boundary were us-gov-east-1; they are us-gov-west-1.',
      'The control data judged with changed: its SHA-256 digest is d.',
      'Rampart 0.1.0 judged instead of 0.0.9.',
    ]);
  });

  it('holds hostile names as data and counts a long list', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`<b>${n}`, '1']));
    const manifests = JSON.parse('{"__proto__": "1", "a\\u202e.yaml": "2"}');
    const told = changesSince({ ...earlier, state: { ...present.state, manifests, endpoints: many } }, present).join(
      '\n',
    );
    assert.match(told, /Model endpoints removed: .* and 20 more\./);
    assert.match(told, /Manifests removed: .*proto.*U\+202E/);
    assert.doesNotMatch(told, /(?<!\\)<b|\u202e/);
  });
});

describe('the Ongoing Certification Report', () => {
  const report = (given: Parameters<typeof inputOf>[0]) => ongoingReport(inputOf(given), 'urn:x:y');

  it('without earlier evidence states neither a period nor that nothing changed', () => {
    const made = report({});
    assert.deepEqual(Object.keys(made), ['certificationPackageOverviewUri', 'acceptedVulnerabilities']);
  });

  it('with it, covers the time since, and leaves the rest to people', () => {
    const made = report({ earlier });
    assert.deepEqual(made.reportPeriod, { from: '2026-08-20', to: '2026-11-20' });
    assert.ok(Array.isArray(made.certificationDataChanges) && made.certificationDataChanges.length > 1);
    for (const field of ['transformativeChanges', 'activeAgencies', 'reportableIncidents', 'updatedRecommendations'])
      assert.ok(!(field in made), field);
  });

  it('adds what people state to what was compared', () => {
    const made = report({ earlier, certification });
    assert.deepEqual(made.reportPeriod, certification.ongoingReport?.reportPeriod);
    const changes = made.certificationDataChanges as string[];
    assert.match(changes[0] ?? '', /^Compared with/);
    assert.equal(changes.at(-1), 'A new sub-processor.');
    assert.deepEqual(made.reportableIncidents, { incidents: [] });
    assert.match(String(made.acceptedVulnerabilities), /None elsewhere\.$/);
  });

  it('tells of deviations that are accepted, by waiver, and of no other finding', () => {
    assert.match(
      String(report({}).acceptedVulnerabilities),
      /^Of what Rampart judged, 1 deviation is accepted under 1 waiver: `log-group-retention` on BuildLogs until 2026-12-31\. Vulnerabilities accepted elsewhere are not/,
    );
    const findings = oscal.findings.filter(({ verdict }) => verdict !== 'waived');
    assert.match(
      String(report({ findings }).acceptedVulnerabilities),
      /^Of what Rampart judged, no deviation is accepted\./,
    );
  });
});
