import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

const certification = `
certification:
  certificationPackageOverviewUri: https://trust.example.com/overview.json
  fedRampPackageId: FR2600000001
  serviceAcronym: RA
  serviceDescription: |
    Summarizes records.

    For agencies only.
  website: https://example.com
  logo: https://example.com/logo.png
  serviceType: [SaaS]
  deploymentModel: Government Community Cloud
  contactInformation:
    - {contactType: Security, contactEmail: soc@example.com}
    - {contactType: Sales, contactEmail: sales@example.com}
  ongoingReport:
    plannedCertificationDataChanges: {planningHorizonThrough: 2027-06-30, changes: []}
    transformativeChanges: []
    updatedRecommendations: []
    activeAgencies: [Department of Examples]
    reportableIncidents: []
`;

describe('FedRAMP’s documents in a bundle', function () {
  this.timeout(180_000);
  const desk = new Desk();
  after(() => desk.clear());
  const template = 'deploy/chat.template.yaml';
  const record = 'fedramp/security-decision-record.json';
  const evidence = (...args: string[]) => desk.rampart(['evidence', ...args]);
  const seal = (name: string, ...more: string[]) =>
    evidence('create', 'deploy', '--key', 'rampart.key.pem', '--out', name, ...more);
  const held = (bundle: string, file: string) => {
    const { exit, stdout, stderr } = evidence('show', bundle, '--file', file);
    assert.equal(exit, 0, stderr);
    return stdout;
  };
  const members = (bundle: string): { path: string; sha256: string }[] =>
    JSON.parse(held(bundle, 'manifest.json')).members;

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(evidence('keygen').exit, 0);
    const first = seal('first.evb.tar');
    assert.equal(first.exit, 0, first.stderr);
    assert.match(
      first.stderr,
      /FedRAMP: valid: security-decision-record \(as far as it is filled\)\. Drafts, not valid yet: certification/,
    );
    assert.match(first.stderr, /\d+ required fields are left for people: .*left-for-people\.md/);
  });

  it('a record that is valid and whose URNs are members, and drafts beside it', () => {
    desk.write('record.json', held('first.evb.tar', record));
    const good = evidence('fedramp', 'record.json', '--bundle', 'first.evb.tar');
    assert.equal(good.exit, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /^VALID AS FAR AS FILLED record\.json\n/);
    assert.match(good.stdout, /not filled: \/keySecurityIndicators\/\*\/ksiAssessment, which is required/);
    const digests = new Set(members('first.evb.tar').map(({ sha256 }) => `urn:sha256:${sha256}`));
    const cited = desk.read('record.json').match(/urn:sha256:[0-9a-f]{64}/g) ?? [];
    assert.ok(cited.length > 20);
    for (const urn of cited) assert.ok(digests.has(urn), urn);
    assert.deepEqual(
      members('first.evb.tar')
        .map(({ path }) => path)
        .filter((path) => path.startsWith('fedramp/')),
      [
        'fedramp/certification-package-overview.draft.json',
        'fedramp/left-for-people.json',
        'fedramp/left-for-people.md',
        'fedramp/ongoing-certification-report.draft.json',
        record,
        'fedramp/security-decision-record.md',
      ],
    );
  });

  it('finds a misspelt field FedRAMP’s schema lets pass, a URN that leads nowhere, and what is missing', () => {
    const text = held('first.evb.tar', record);
    desk.write(
      'bad.json',
      text.replace('"ksiImplementation"', '"ksiImplemention"').replace(/"securityControls"/, '"securityControl"'),
    );
    const bad = evidence('fedramp', 'bad.json');
    assert.equal(bad.exit, 1);
    assert.match(bad.stdout, /problem: \/securityControl is no field of FedRAMP’s\. Did you mean securityControls\?/);
    assert.match(bad.stdout, /ksiImplemention is no field of FedRAMP’s\. Did you mean ksiImplementation\?/);
    desk.write('astray.json', text.replace(/urn:sha256:[0-9a-f]{6}/, 'urn:sha256:000000'));
    const astray = evidence('fedramp', 'astray.json', '--bundle', 'first.evb.tar');
    assert.equal(astray.exit, 1);
    assert.match(astray.stdout, /urn:sha256:000000[0-9a-f]{58} is no member of the bundle/);
    desk.write('draft.json', held('first.evb.tar', 'fedramp/certification-package-overview.draft.json'));
    const draft = evidence('fedramp', 'draft.json', '--json');
    assert.equal(draft.exit, 1);
    assert.ok(JSON.parse(draft.stdout)[0].problems.includes('/serviceIdentification/logo is missing'));
    assert.equal(evidence('fedramp', 'rampart.yaml').exit, 3);
    desk.write('other.json', '{"a": 1}');
    assert.equal(evidence('fedramp', 'other.json').exit, 2);
    assert.equal(evidence('fedramp', 'other.json', '--type', 'security-decision-record').exit, 1);
    desk.write('deep.json', `{"securityControls": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
    assert.equal(evidence('fedramp', 'deep.json', '--bundle', 'first.evb.tar').exit, 1);
  });

  it('a misspelt key of the certification section is refused with its place', () => {
    const system = desk.read('rampart.yaml');
    desk.write('misspelt.yaml', system + certification.replace('serviceAcronym', 'serviceAkronym'));
    const { exit, stderr } = seal('never.evb.tar', '--system', 'misspelt.yaml');
    assert.equal(exit, 3);
    assert.match(
      stderr,
      /misspelt\.yaml:\d+:3: certification: unknown key serviceAkronym\. Did you mean serviceAcronym\?/,
    );
    desk.write('wrong.yaml', system + certification.replace('https://example.com\n', 'javascript:alert(1)\n'));
    const wrong = seal('never.evb.tar', '--system', 'wrong.yaml');
    assert.equal(wrong.exit, 3);
    assert.match(wrong.stderr, /certification\.website: "javascript:alert\(1\)" is not an https address/);
  });

  it('with what people state and earlier evidence all is valid, says what changed, and can be made again', () => {
    desk.write('told.yaml', desk.read('rampart.yaml') + certification);
    const good = desk.read(template);
    desk.write(template, good.replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
    const trust = ['--trust', 'rampart.trust.json'];
    const made = seal('second.evb.tar', '--system', 'told.yaml', '--since', 'first.evb.tar', ...trust);
    desk.write(template, good);
    assert.equal(made.exit, 0, made.stderr);
    assert.match(
      made.stderr,
      /FedRAMP: valid: security-decision-record \(as far as it is filled\), certification-package-overview \(as far as it is filled\), ongoing-/,
    );
    const report = JSON.parse(held('second.evb.tar', 'fedramp/ongoing-certification-report.json'));
    const changes = report.certificationDataChanges.join('\n');
    assert.match(changes, /^Compared with the evidence [0-9a-f]{64} of .*signed by a pinned key\./);
    assert.match(changes, /Controls that lost the support of evidence: .*SC-12 \(pass to fail\)/);
    assert.match(changes, /Manifests changed: deploy\/chat\.template\.yaml\./);
    const told = JSON.parse(held('second.evb.tar', record));
    const failed = told.keySecurityIndicators.filter(({ ksiValidation }: { ksiValidation: string[] }) =>
      / fail/.test(ksiValidation[0] ?? ''),
    );
    assert.ok(failed.length > 0);
    for (const { ksiImplementationStatus } of failed)
      assert.match(ksiImplementationStatus, /^(Not|Partially) Implemented$/);
    const rebuilt = evidence('verify', 'second.evb.tar', ...trust, '--rebuild');
    assert.equal(rebuilt.exit, 0, rebuilt.stdout);
    assert.match(rebuilt.stdout, /every derived document was made again/);
  });

  it('compares with the newest entry of a ledger too, and refuses evidence of others', () => {
    const trust = ['--trust', 'rampart.trust.json'];
    assert.equal(desk.rampart(['ledger', 'add', 'ledger.jsonl', 'first.evb.tar', ...trust]).exit, 0);
    const made = seal('third.evb.tar', '--since', 'ledger.jsonl');
    assert.equal(made.exit, 0, made.stderr);
    const report = JSON.parse(held('third.evb.tar', 'fedramp/ongoing-certification-report.draft.json'));
    assert.match(report.certificationDataChanges[0], /as a ledger remembers it/);
    assert.equal(evidence('verify', 'third.evb.tar', ...trust, '--rebuild').exit, 0);
    const other = seal('never.evb.tar', '--since', 'first.evb.tar', '--environment', 'staging');
    assert.equal(other.exit, 2);
    assert.match(other.stderr, /first\.evb\.tar is of records-ai in production/);
    assert.equal(seal('never.evb.tar', '--since', 'ledger.jsonl', '--environment', 'staging').exit, 2);
    const before = desk.rampart(
      [
        'evidence',
        'create',
        'deploy',
        '--key',
        'rampart.key.pem',
        '--out',
        'never.evb.tar',
        '--since',
        'first.evb.tar',
      ],
      { SOURCE_DATE_EPOCH: '1700000000' },
    );
    assert.equal(before.exit, 2);
    assert.match(before.stderr, /which is not before this evidence/);
  });

  it('against a baseline that is none of FedRAMP’s there are no such documents', () => {
    desk.write('nist.yaml', desk.read('rampart.yaml').replace('fedramp-rev5-moderate', 'nist-800-53b-moderate'));
    const made = seal('nist.evb.tar', '--system', 'nist.yaml');
    assert.equal(made.exit, 0, made.stderr);
    assert.doesNotMatch(made.stderr, /FedRAMP/);
    assert.deepEqual(
      members('nist.evb.tar').filter(({ path }) => path.startsWith('fedramp/')),
      [],
    );
  });
});
