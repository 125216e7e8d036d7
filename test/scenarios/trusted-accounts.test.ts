import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

const policy = (...principals: string[]): string => `Resources:
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: logs
      PolicyDocument:
        Statement: {Effect: Allow, Action: s3:PutObject, Resource: "arn:aws-us-gov:s3:::logs/*", Principal: {AWS: [${principals.map((id) => `"arn:aws-us-gov:iam::${id}:root"`).join(', ')}]}}
`;
const [own, partner, stranger] = ['111122223333', '444455556666', '999999999999'] as const;
/** From where load balancers of us-gov-west-1 and us-gov-east-1 write their logs. */
const balancers = ['048591011584', '190560391635'];

describe('accounts a policy may name', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  const starter = desk.read('rampart.yaml');
  const boundary = (...lines: string[]): string =>
    starter.replace(/^ +account: .*\n/m, '').replace(/^boundary:\n/m, ['boundary:', ...lines, ''].join('\n'));
  after(() => desk.clear());

  const verdicts = (system: string, ...principals: string[]): string[] => {
    desk.write('rampart.yaml', system);
    desk.write('t.yaml', policy(...principals));
    const args = ['check', 't.yaml', '--requirement', 'policy-principal-in-boundary', '--format', 'json'];
    const { stdout, stderr } = desk.rampart(args, { PARTNER: partner });
    assert.notEqual(stdout, '', stderr);
    return JSON.parse(stdout).findings.map(({ verdict }: { verdict: string }) => verdict);
  };
  const trusting = boundary(
    `  account: "${own}"`,
    '  trustedAccounts: [{account: env:PARTNER, reason: the log archive of the same authorization}]',
  );

  it('are the own one, those it trusts, and those AWS acts from', () => {
    assert.deepEqual(verdicts(trusting, own, partner, ...balancers), ['pass']);
    assert.deepEqual(verdicts(trusting, own, stranger), ['fail']);
    assert.deepEqual(verdicts(boundary(`  account: "${own}"`), partner), ['fail']);
  });

  it('are not asked for where the own one is not known', () => {
    assert.deepEqual(verdicts(boundary(), stranger), []);
  });

  it('are trusted beside an own one only', () => {
    desk.write('rampart.yaml', boundary(`  trustedAccounts: [{account: "${partner}", reason: x}]`));
    const { exit, stderr } = desk.rampart(['check', 't.yaml']);
    assert.equal(exit, 3);
    assert.match(stderr, /boundary\.trustedAccounts: nothing is held against these without boundary\.account/);
  });
});
