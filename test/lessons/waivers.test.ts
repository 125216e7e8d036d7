import assert from 'node:assert/strict';
import { formats } from '#report/formats/index.js';
import { judge } from '../check/gate.js';
import { plan } from '../manifest/terraform/plan.js';
import { Desk } from '../scenarios/command-line.js';

const day = (fromNow: number): string => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);

const bucket = (above: string, beside: string, inside: string): string => `Resources:
${above}  B: ${inside}
    Type: AWS::S3::Bucket
${beside}    Properties:
      BucketName: b
`;
const pod = (annotations: string, comment: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: p
  annotations: {${annotations}}
spec:
  containers: [{name: c, image: "x:1", securityContext: {privileged: true}}] ${comment}
`;
const none = bucket('', '', '');

/** Tool → a manifest whose author wrote a skip into it, and the same without. */
const skips: Readonly<Record<string, readonly [skipped: string, plain: string, file?: string]>> = {
  'cfn-guard': [bucket('', '    Metadata: {guard: {SuppressedRules: [S3_BUCKET_DEFAULT_LOCK_ENABLED]}}\n', ''), none],
  cfn_nag: [bucket('', '    Metadata: {cfn_nag: {rules_to_suppress: [{id: W35, reason: no}]}}\n', ''), none],
  'cdk-nag': [
    bucket('', '    Metadata: {cdk_nag: {rules_to_suppress: [{id: AwsSolutions-S1, reason: no}]}}\n', ''),
    none,
  ],
  checkov: [
    bucket(
      '  # checkov:skip=CKV_AWS_18:no\n',
      '    Metadata: {checkov: {skip: [{id: CKV_AWS_18, comment: no}]}}\n',
      '# checkov:skip=CKV_AWS_21',
    ),
    none,
  ],
  trivy: [bucket('  # trivy:ignore:AVD-AWS-0089\n', '', '#trivy:ignore:*'), none],
  kics: [`# kics-scan ignore\n${bucket('', '', '# kics-scan ignore-line')}`, none],
  Snyk: [bucket('  # snyk:ignore\n', '', '# nosec NOSONAR'), none],
  Rampart: [
    bucket('  # rampart:ignore s3-versioning\n', '    Metadata: {rampart: {skip: [s3-versioning], waive: all}}\n', ''),
    none,
  ],
  'checkov on Kubernetes': [pod('checkov.io/skip1: CKV_K8S_16=no', '# checkov:skip=CKV_K8S_16'), pod('', '')],
  'kube-linter': [pod('ignore-check.kube-linter.io/privileged-container: no', ''), pod('', '')],
  'kube-score': [pod('kube-score/ignore: "*"', ''), pod('', '')],
  'Polaris and Kyverno': [
    pod('polaris.fairwinds.com/exempt: "true", policies.kyverno.io/scored: "false"', ''),
    pod('', ''),
  ],
  'checkov on Terraform': [
    plan([
      { address: 'aws_s3_bucket.b', after: { bucket: 'b', tags: { 'checkov:skip': 'CKV_AWS_18', rampart: 'skip' } } },
    ]),
    plan([{ address: 'aws_s3_bucket.b', after: { bucket: 'b' } }]),
    'plan.json',
  ],
};

describe('waivers', function () {
  this.timeout(180_000);

  for (const [tool, [skipped, plain, file = 'template.yaml']] of Object.entries(skips)) {
    it(`a skip of ${tool} changes nothing`, () => {
      // What stands in annotations is itself looked at for secrets.
      const said = (text: string) =>
        (judge(text, {}, file) ?? [])
          .filter(({ requirement }) => requirement !== 'config-map-no-secrets')
          .map(({ requirement, resource, verdict }) => `${requirement} ${resource} ${verdict}`);
      const expected = said(plain);
      assert.ok(expected.some((each) => each.endsWith(' fail')));
      assert.deepEqual(said(skipped), expected);
    });
  }

  describe('in a file', () => {
    const desk = new Desk('bedrock');
    after(() => desk.clear());
    const template = (...names: string[]): string =>
      `Resources:\n${names.map((name) => `  ${name}: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n`).join('')}`;
    const waiver = (resource: string, expires: string | undefined, approved = day(-40)): string =>
      `waivers:\n  - {requirement: log-group-retention, resource: ${resource}, owner: Team, approver: ISSO, approved: "${approved}", reason: why, ticket: T-1${
        expires === undefined ? '' : `, expires: "${expires}"`
      }}\n`;
    const check = (...more: string[]) =>
      desk.rampart([
        ...['check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate'],
        ...['--requirement', 'log-group-retention', ...more],
      ]);
    interface Row {
      resource: string;
      verdict: string;
      reason: string;
    }
    const findings = (): Row[] => {
      const rows: Row[] = JSON.parse(check('--format', 'json').stdout).findings;
      return rows.map(({ resource, verdict, reason }) => ({ resource, verdict, reason }));
    };

    it('a waiver without an end is refused', () => {
      desk.write('logs.yaml', template('A'));
      desk.write('rampart-waivers.yaml', waiver('A', undefined));
      const { exit, stderr } = check();
      assert.equal(exit, 3);
      assert.match(stderr, /expires is missing/);
      desk.write('rampart-waivers.yaml', waiver('A', 'never'));
      assert.equal(check().exit, 3);
    });

    it('a waiver that has lapsed blocks, and is named in every format', () => {
      desk.write('logs.yaml', template('A'));
      desk.write('rampart-waivers.yaml', waiver('A', day(20)));
      assert.equal(check().exit, 0);
      desk.write('rampart-waivers.yaml', waiver('A', day(-1)));
      // OSCAL and HDF have no place for a waiver that waives nothing; the finding itself says it in its reason.
      for (const format of formats.keys()) {
        const { exit, stdout, stderr } = check('--format', format);
        assert.equal(exit, 1, `${format} ${stderr}`);
        assert.match(stdout, new RegExp(`ran out on ${day(-1)}`), format);
      }
    });

    it('a waiver of one resource leaves its neighbours, and their reasons, as they were', () => {
      desk.write('logs.yaml', template('A', 'B', 'AB'));
      desk.write('rampart-waivers.yaml', 'waivers: []\n');
      const before = findings();
      desk.write('rampart-waivers.yaml', waiver('B', day(20)));
      const after = findings();
      assert.deepEqual(
        after.map((row) => (row.resource === 'B' ? { ...row, verdict: 'fail' } : row)),
        before,
      );
      assert.equal(after.find(({ resource }) => resource === 'B')?.verdict, 'waived');
    });

    it('a waiver that stopped matching is told of', () => {
      desk.write('logs.yaml', template('Renamed'));
      assert.match(check().stdout, /unused waiver {2}log-group-retention on B matches no/);
      const { exit, stdout } = check('.');
      assert.equal(exit, 1);
      assert.match(stdout, /the waiver of log-group-retention on B\b.* matches no/);
    });
  });
});
